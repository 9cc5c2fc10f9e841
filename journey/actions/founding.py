"""Found a promotion: from the catalogue of shipped ones, with its dates shifted."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model

from eig.accounts.models import User
from eig.dossiers.choices import FormKind
from eig.dossiers.models import Form, Question, Section
from eig.evaluation.choices import Stage
from eig.evaluation.models import Criterion, Grid
from eig.journal.actions import record as journal
from eig.promotions.catalogue import Catalogue, load_promotion
from eig.promotions.catalogue import Criterion as CriterionRecord
from eig.promotions.catalogue import Form as FormRecord
from eig.promotions.catalogue import Grid as GridRecord
from eig.promotions.catalogue import Page as PageRecord
from eig.promotions.catalogue import Question as QuestionRecord
from eig.promotions.models import Extension, Phase, Programme, Promotion, ReminderRule, Trade
from eig.promotions.rules import shifted


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
            {**{page.code: _page(page) for page in record.pages.values()}, "example": _plain(record.example)},
            record.name,
            name or record.name,
        ),
        project_visas=[_plain(visa) for visa in record.visas],
        project_conditions=[_plain(condition) for condition in record.conditions],
        **_shared(record.rules, Promotion),
    )
    Trade.objects.bulk_create(
        Trade(promotion=promotion, rank=rank, **_shared(trade, Trade))
        for rank, trade in enumerate(record.trades)
    )
    _add_calendar(promotion, record, shift=shift, by=by)
    for form in record.forms.values():
        _add_form(promotion, form)
    for grid in record.grids.values():
        _add_grid(promotion, grid)
    journal("create_promotion", promotion, by=by, at=at, promotion_id=promotion.pk, catalogue=catalogue)
    return promotion


def _shared(record: Any, model: type[Model]) -> dict[str, Any]:
    """What a record and a model call by the same name: a new rule is a line in each."""
    columns = {column.name for column in model._meta.local_fields}
    return {rule.name: getattr(record, rule.name) for rule in fields(record) if rule.name in columns}


def _plain(thing: Any) -> Any:
    """A record of the catalogue as JSON keeps it."""
    if is_dataclass(thing):
        return {item.name: _plain(getattr(thing, item.name)) for item in fields(thing)}
    if isinstance(thing, Mapping):
        return {key: _plain(value) for key, value in thing.items()}
    return [_plain(item) for item in thing] if isinstance(thing, tuple) else thing


def _renamed(texts: Any, before: str, after: str) -> Any:
    """The public texts with the promotion's own name, when it is founded from another one's."""
    if isinstance(texts, str):
        return texts.replace(before, after)
    if isinstance(texts, dict):
        return {key: _renamed(value, before, after) for key, value in texts.items()}
    return [_renamed(value, before, after) for value in texts]


def _page(page: PageRecord) -> dict[str, Any]:
    """A page's own texts; its code is the key under which it is kept."""
    return {name: text for name, text in _plain(page).items() if name != "code"}


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
    """What a question says beyond its columns: kept as given, under the names of the catalogue."""
    columns = {*(column.name for column in Question._meta.local_fields), "readers"}
    given = {name: value for name, value in _plain(question).items() if name not in columns}
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
        Question(section=row, rank=place, for_readers=question.readers, **_shared(question, Question) | own)
        for row, section in zip(sections, record.sections, strict=True)
        for place, question in enumerate(section.questions)
        for own in [{"options": _options(question), "required_if": _required_if(question)}]
    )


def _required_if(question: QuestionRecord) -> dict[str, str]:
    return _plain(question.required_if) if question.required_if else {}


def _add_grid(promotion: Promotion, record: GridRecord) -> None:
    own = {"verdicts": [[verdict.value, verdict.label] for verdict in record.verdicts]}
    grid = Grid.objects.create(
        promotion=promotion,
        stage=Stage(record.code),
        introduction=record.intro,
        **_shared(record, Grid) | own,
    )
    Criterion.objects.bulk_create(
        Criterion(grid=grid, rank=rank, **_shared(criterion, Criterion) | _anchors(criterion))
        for rank, criterion in enumerate(record.criteria)
    )


def _anchors(criterion: CriterionRecord) -> dict[str, Any]:
    return {"anchors": {str(mark): words for mark, words in criterion.anchors.items()}}
