"""Read the forms of a promotion."""

from collections.abc import Mapping
from dataclasses import fields
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject, Now

from eig.dossiers.models import Form, Question
from eig.dossiers.rules import FormView, QuestionView, SectionView, TradeView
from eig.promotions.models import Phase, Promotion, Trade

QUESTION_FIELDS = tuple(field.name for field in fields(QuestionView))


def form_of(promotion: Promotion, kind: str) -> FormView:
    """A form with its sections, questions and trades, in two queries. Raises Form.DoesNotExist.

    Read as plain rows: pages and actions ask for it so often that forty records a time would show.
    """
    questions = list(
        Question.objects.filter(section__form__promotion=promotion, section__form__kind=kind)
        .order_by("section__rank", "section_id", "rank", "pk")
        .values_list(
            "section__form__title",
            "section__form__introduction",
            "section__code",
            "section__title",
            "section__introduction",
            *QUESTION_FIELDS,
        )
    )
    if not questions:
        raise Form.DoesNotExist(f"{promotion} has no form « {kind} »")
    title, introduction = questions[0][:2]
    trades = promotion.trades.order_by("rank", "pk").values_list("code", "label", "opened")
    return FormView(
        kind=kind,
        title=title,
        introduction=introduction,
        sections=tuple(
            SectionView(code, heading, text, tuple(_viewed(row[5:]) for row in asked))
            for (code, heading, text), asked in groupby(questions, key=lambda row: row[2:5])
        ),
        trades=tuple(TradeView(*trade) for trade in trades),
    )


def asked_question(kind: str, code: str, *, promotion: str = "promotion") -> Subquery:
    """For records of a promotion: one question of its form and the trades it may offer, in the same query."""
    of = OuterRef(promotion)
    trades = (
        Trade.objects.filter(promotion=OuterRef("section__form__promotion"), opened=True)
        .order_by("rank", "pk")
        .values(data=JSONObject(code="code", label="label"))
    )
    columns = {field: F(field) for field in QUESTION_FIELDS}
    rows = (
        Question.objects.filter(section__form__promotion=of, section__form__kind=kind, code=code)
        .order_by("pk")
        .values(
            data=JSONObject(
                **columns, section="section__code", title="section__title", trades=ArraySubquery(trades)
            )
        )
    )
    return Subquery(rows[:1])


def read_question(data: Mapping[str, Any] | None) -> tuple[SectionView, list[TradeView]] | None:
    """What `asked_question` found, as a section of one question."""
    if data is None:
        return None
    question = QuestionView(**{field: data[field] for field in QUESTION_FIELDS})
    section = SectionView(data["section"], data["title"], "", (question,))
    return section, [TradeView(**trade) for trade in data["trades"]]


def question_of(promotion: Promotion, kind: str, code: str) -> tuple[SectionView, list[TradeView]] | None:
    """One question as a section of its own, with the trades it may offer."""
    rows = Promotion.objects.filter(pk=promotion.pk).annotate(
        asked=asked_question(kind, code, promotion="pk")
    )
    return read_question(rows.values_list("asked", flat=True)[0])


def call_is_over(kind: str) -> Exists:
    """For records of a promotion: whether the phase `kind` is closed, by the database's clock."""
    now = Coalesce(F("promotion__rehearsal_clock"), Now())
    over = Q(closed_at__isnull=False) | Q(closes_at__lt=now)
    return Exists(Phase.objects.filter(over, promotion=OuterRef("promotion"), kind=kind))


def _viewed(values: tuple[Any, ...]) -> QuestionView:
    return QuestionView(**dict(zip(QUESTION_FIELDS, values, strict=True)))
