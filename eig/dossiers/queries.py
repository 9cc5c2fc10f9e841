"""Read the forms of a promotion."""

from eig.dossiers.models import Form
from eig.dossiers.rules import FormView, QuestionView, SectionView, TradeView
from eig.promotions.models import Promotion


def form_of(promotion: Promotion, kind: str) -> FormView:
    """A form with its sections, questions and trades, in four queries. Raises Form.DoesNotExist."""
    form = Form.objects.prefetch_related("sections__questions").get(promotion=promotion, kind=kind)
    sections = sorted(form.sections.all(), key=lambda section: (section.rank, section.pk))
    trades = promotion.trades.order_by("rank", "pk")
    return FormView(
        kind=form.kind,
        title=form.title,
        introduction=form.introduction,
        sections=tuple(
            SectionView(
                section.code,
                section.title,
                section.introduction,
                tuple(
                    QuestionView(
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
                    for question in sorted(section.questions.all(), key=lambda item: (item.rank, item.pk))
                ),
            )
            for section in sections
        ),
        trades=tuple(TradeView(trade.code, trade.label, trade.opened) for trade in trades),
    )
