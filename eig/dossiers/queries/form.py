"""Read the forms of a promotion."""

from itertools import groupby

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, JSONObject, Now

from eig.dossiers.models import Form, Question
from eig.dossiers.rules import FormView, QuestionView, SectionView, TradeView
from eig.promotions.models import Phase, Promotion, Trade


def form_of(promotion: Promotion, kind: str) -> FormView:
    """A form with its sections, questions and trades, in two queries. Raises Form.DoesNotExist."""
    questions = list(
        Question.objects.filter(section__form__promotion=promotion, section__form__kind=kind)
        .select_related("section__form")
        .order_by("section__rank", "section_id", "rank", "pk")
    )
    if not questions:
        raise Form.DoesNotExist(f"{promotion} has no form « {kind} »")
    form = questions[0].section.form
    trades = promotion.trades.order_by("rank", "pk")
    return FormView(
        kind=form.kind,
        title=form.title,
        introduction=form.introduction,
        sections=tuple(
            SectionView(
                section.code, section.title, section.introduction, tuple(_viewed(item) for item in asked)
            )
            for section, asked in groupby(questions, key=lambda item: item.section)
        ),
        trades=tuple(TradeView(trade.code, trade.label, trade.opened) for trade in trades),
    )


def question_of(promotion: Promotion, kind: str, code: str) -> tuple[SectionView, list[TradeView]] | None:
    """One question as a section of its own, with the trades it may offer, in one query."""
    trades = (
        Trade.objects.filter(promotion=promotion, opened=True)
        .order_by("rank", "pk")
        .values(data=JSONObject(code="code", label="label"))
    )
    row = (
        Question.objects.filter(section__form__promotion=promotion, section__form__kind=kind, code=code)
        .select_related("section")
        .annotate(trades=ArraySubquery(trades))
        .order_by("pk")
        .first()
    )
    if row is None:
        return None
    section = SectionView(row.section.code, row.section.title, "", (_viewed(row),))
    return section, [TradeView(**trade) for trade in row.trades]


def call_is_over(kind: str) -> Exists:
    """For records of a promotion: whether the phase `kind` is closed, by the database's clock."""
    now = Coalesce(F("promotion__rehearsal_clock"), Now())
    over = Q(closed_at__isnull=False) | Q(closes_at__lt=now)
    return Exists(Phase.objects.filter(over, promotion=OuterRef("promotion"), kind=kind))


def _viewed(question: Question) -> QuestionView:
    return QuestionView(
        code=question.code,
        type=question.type,
        label=question.label,
        help=question.help,
        required=question.required,
        required_if=question.required_if,
        max_length=question.max_length,
        options=question.options,
        identifying=question.identifying,
        for_readers=question.for_readers,
    )
