"""Read the forms of a promotion."""

from itertools import groupby

from eig.dossiers.models import Form, Question
from eig.dossiers.rules import FormView, QuestionView, SectionView, TradeView
from eig.promotions.models import Promotion


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
