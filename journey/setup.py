"""Found a promotion: from the catalogue of shipped ones, with its dates shifted."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from eig.accounts.models import User
from eig.dossiers.choices import FormKind
from eig.dossiers.models import Form, Question, Section
from eig.evaluation.choices import Stage
from eig.evaluation.models import Criterion, Grid
from eig.journal.actions import record as journal
from eig.promotions.catalogue import Catalogue, load_promotion
from eig.promotions.catalogue import Form as FormRecord
from eig.promotions.catalogue import Grid as GridRecord
from eig.promotions.catalogue import Page as PageRecord
from eig.promotions.catalogue import Question as QuestionRecord
from eig.promotions.models import Extension, Phase, Programme, Promotion, ReminderRule, Trade
from eig.promotions.rules import shifted

RULES = (
    "seats_planned",
    "employer",
    "contract_months",
    "pay_threshold_years",
    "pay_threshold_inclusive",
    "pay_below",
    "pay_above",
    "cofinancing_per_member",
    "team_min",
    "team_max",
    "wishes_min",
    "wishes_max",
    "audition_minutes",
    "hearing_reading_minutes",
    "hearing_pitch_minutes",
    "hearing_questions_minutes",
    "hearing_deliberation_minutes",
    "hearing_pause_minutes",
    "hearing_jurors_min",
    "hearing_jurors_max",
    "hearing_projects_max",
    "wish_adjustment_days",
    "proposal_answer_days",
    "audition_moves",
    "audition_move_days",
    "acceptance_days",
    "anonymous_shortlisting",
    "readers_per_application",
    "readers_per_project",
    "third_reader_gap",
)
# What a question says beyond its label: kept as given, under the names of the catalogue.
QUESTION_OPTIONS = (
    "lines",
    "pattern",
    "pattern_message",
    "eligible",
    "ineligible_reason",
    "minimum",
    "maximum",
    "choices_min",
    "choices_max",
    "rows_min",
    "rows_max",
    "seats_min",
    "seats_max",
    "max_mb",
    "max_pages",
    "max_files",
)


@transaction.atomic
def create_promotion(
    catalogue: str = "eig6",
    *,
    by: User | None,
    at: datetime,
    code: str = "",
    name: str = "",
    number: int | None = None,
    shift: timedelta = timedelta(),
    is_rehearsal: bool = False,
) -> Promotion:
    """A promotion with its calendar, rules, trades, forms, grids and texts, from the catalogue."""
    record = load_promotion(catalogue)
    programme, _ = Programme.objects.get_or_create(
        code=record.programme, defaults={"name": record.programme_name, "tagline": record.tagline}
    )
    promotion = Promotion.objects.create(
        programme=programme,
        code=code or record.code,
        name=name or record.name,
        number=number or record.edition,
        is_rehearsal=is_rehearsal,
        reserve_expires_at=shifted(record.rules.reserve_expires, shift),
        texts=_renamed(
            {**{page.code: _page(page) for page in record.pages.values()}, "example": _example(record)},
            record.name,
            name or record.name,
        ),
        project_visas=[asdict(visa) for visa in record.visas],
        project_conditions=[
            {"code": item.code, "label": item.label, "help": item.help, "reason": item.reason}
            for item in record.conditions
        ],
        **{rule: getattr(record.rules, rule) for rule in RULES},
    )
    Trade.objects.bulk_create(
        Trade(promotion=promotion, code=trade.code, label=trade.label, opened=trade.opened, rank=rank)
        for rank, trade in enumerate(record.trades)
    )
    _add_calendar(promotion, record, shift=shift, by=by)
    for form in record.forms.values():
        _add_form(promotion, form)
    for grid in record.grids.values():
        _add_grid(promotion, grid)
    journal("create_promotion", promotion, by=by, at=at, promotion_id=promotion.pk, catalogue=catalogue)
    return promotion


def _renamed(texts: Any, before: str, after: str) -> Any:
    """The public texts with the promotion's own name, when it is founded from another one's."""
    if isinstance(texts, str):
        return texts.replace(before, after)
    if isinstance(texts, dict):
        return {key: _renamed(value, before, after) for key, value in texts.items()}
    if isinstance(texts, list):
        return [_renamed(value, before, after) for value in texts]
    return texts


def _page(page: PageRecord) -> dict[str, Any]:
    return {
        "title": page.title,
        "lead": page.lead,
        "sections": [
            {
                "code": section.code,
                "title": section.title,
                "paragraphs": list(section.paragraphs),
                "items": list(section.items),
            }
            for section in page.sections
        ],
        "faq": [{"question": item.question, "answer": item.answer} for item in page.faq],
    }


def _example(record: Catalogue) -> dict[str, Any]:
    example = record.example
    return {
        "title": example.title,
        "intro": example.intro,
        "conclusion": example.conclusion,
        "projects": list(example.projects),
        "candidates": [
            {
                "name": candidate.name,
                "wishes": list(candidate.wishes),
                "marks": dict(candidate.marks),
                "result": candidate.result,
            }
            for candidate in example.candidates
        ],
        "steps": [{"title": step.title, "text": step.text} for step in example.steps],
    }


def _add_calendar(promotion: Promotion, record: Catalogue, *, shift: timedelta, by: User | None) -> None:
    rows = Phase.objects.bulk_create(
        Phase(
            promotion=promotion,
            kind=phase.kind,
            planned_opens_at=shifted(phase.planned_opens, shift),
            planned_closes_at=shifted(phase.planned_closes, shift),
            opens_at=shifted(phase.opens, shift),
            closes_at=shifted(phase.closes, shift),
        )
        for phase in record.phases
    )
    for phase, row in zip(record.phases, rows, strict=True):
        if phase.extension and by:
            Extension.objects.create(
                phase=row,
                closed_at_before=shifted(phase.extension.original_closes, shift),
                closes_at_after=shifted(phase.extension.closes, shift),
                reason=phase.extension.reason,
                published_at=shifted(phase.extension.announced_at, shift),
                published_by=by,
            )
    ReminderRule.objects.bulk_create(
        ReminderRule(promotion=promotion, audience=reminder.audience, hours_before=hours)
        for reminder in record.reminders
        for hours in [*(24 * days for days in reminder.days_before), *reminder.hours_before]
    )


def _options(question: QuestionRecord) -> dict[str, Any]:
    given = {name: getattr(question, name) for name in QUESTION_OPTIONS}
    kept = {name: value for name, value in given.items() if value not in (None, "")}
    if question.options:
        kept["choices"] = [[option.value, option.label] for option in question.options]
    return kept


def _add_form(promotion: Promotion, record: FormRecord) -> None:
    form = Form.objects.create(
        promotion=promotion, kind=FormKind(record.code), title=record.title, introduction=record.lead
    )
    sections = Section.objects.bulk_create(
        Section(form=form, code=section.code, title=section.title, introduction=section.intro, rank=rank)
        for rank, section in enumerate(record.sections)
    )
    Question.objects.bulk_create(
        Question(
            section=row,
            code=question.code,
            type=question.type,
            label=question.label,
            help=question.help,
            required=question.required,
            required_if=(
                {"question": question.required_if.question, "equals": question.required_if.equals}
                if question.required_if
                else {}
            ),
            max_length=question.max_length,
            options=_options(question),
            identifying=question.identifying,
            for_readers=question.readers,
            rank=place,
        )
        for row, section in zip(sections, record.sections, strict=True)
        for place, question in enumerate(section.questions)
    )


def _add_grid(promotion: Promotion, record: GridRecord) -> None:
    grid = Grid.objects.create(
        promotion=promotion,
        stage=Stage(record.code),
        title=record.title,
        introduction=record.intro,
        scale_min=record.scale_min,
        scale_max=record.scale_max,
        verdicts=[[verdict.value, verdict.label] for verdict in record.verdicts],
        comment_required_below=record.comment_required_below,
    )
    Criterion.objects.bulk_create(
        Criterion(
            grid=grid,
            code=criterion.code,
            label=criterion.label,
            definition=criterion.definition,
            anchors={str(mark): words for mark, words in criterion.anchors.items()},
            weight=criterion.weight,
            rank=rank,
        )
        for rank, criterion in enumerate(record.criteria)
    )
