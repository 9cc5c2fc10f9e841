"""The readings of a person or of a dossier: which are open, what they wrote, how they compare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar, cast

from django.db.models import (
    Count,
    Exists,
    ForeignKey,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Sum,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, Now

from eig.accounts.models import User
from eig.dossiers.models import Dossier
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Criterion, Mark, Reader, Reading, Sheet
from eig.evaluation.rules import Judged, anchor_nearest, mean_mark, needs_third_reader, shown
from eig.promotions.models import Phase, Promotion

AnyReading = TypeVar("AnyReading", bound=Reading)


def with_marks(path: str = "sheet__marks") -> Prefetch[str]:
    rows = Mark.objects.select_related("criterion").order_by("criterion__rank", "criterion_id")
    return Prefetch(path, rows)


def dossiers_of(model: type[Reading]) -> type[Dossier]:
    field = model._meta.get_field(model.KIND.dossier)
    assert isinstance(field, ForeignKey)
    return cast(type[Dossier], field.related_model)


def being_read(model: type[Reading]) -> QuerySet[Any]:
    """The dossiers that are still read: no decision of them, even in secret, and the phase not over."""
    kind = model.KIND
    dossiers: QuerySet[Any] = dossiers_of(model)._default_manager.all()
    over = Phase.objects.filter(promotion=OuterRef("promotion"), kind=kind.phase).filter(
        Q(closed_at__isnull=False) | Q(closes_at__lt=Coalesce(OuterRef("promotion__rehearsal_clock"), Now()))
    )
    undecided = {f"{kind.decided_by}__isnull": True}
    return dossiers.filter(~Exists(over), status=kind.being_read, **undecided)


def is_being_read(review: Reading) -> bool:
    return being_read(type(review)).filter(pk=review.dossier_id).exists()


def is_decided(dossier: Dossier) -> bool:
    """Whether its decision is known."""
    return getattr(dossier, "decided_at", None) is not None


def readings_of(model: type[AnyReading], user: User) -> QuerySet[AnyReading]:
    """What this person has to read or has read, what remains first; nothing they stepped aside from."""
    return (
        model._default_manager.filter(reader=user)
        .exclude(sheet__status=SheetStatus.RECUSED)
        .select_related(f"{model.KIND.dossier}__promotion", *model.KIND.related, "sheet__grid", "reader")
        # A promotion's public texts are as long as ten dossiers: not once a row.
        .defer(f"{model.KIND.dossier}__promotion__texts")
        .order_by("sheet__status", *model.KIND.first, "assigned_at", "pk")
    )


def waiting(model: type[AnyReading], user: User) -> QuerySet[AnyReading]:
    """What this reader has left to sign, in the order of their list."""
    return open_to(model, user).filter(sheet__status=SheetStatus.DRAFT)


def open_to(model: type[AnyReading], user: User) -> QuerySet[AnyReading]:
    """Of their readings, those that are not over: the question of conflict may be asked."""
    return readings_of(model, user).filter(**{f"{model.KIND.dossier}__in": being_read(model)})


def readable_by(model: type[AnyReading], user: User) -> QuerySet[AnyReading]:
    """Of their readings, those whose dossier may be opened: not over, and no conflict declared."""
    return open_to(model, user).filter(cleared_at__isnull=False)


def reads(model: type[Reading], user: User) -> bool:
    """Whether they were ever named to read this call's dossiers, or have read some."""
    named = Reader.objects.filter(person=user, stage=model.KIND.stage)
    return named.exists() or readings_of(model, user).exists()


def queues_of(model: type[Reading], user: User) -> QuerySet[Promotion]:
    """The promotions whose dossiers this person was named to read, while some are being read."""
    named = Reader.objects.filter(promotion=OuterRef("pk"), person=user, stage=model.KIND.stage)
    reading = being_read(model).filter(promotion=OuterRef("pk"))
    running = Promotion.objects.filter(Exists(named), Exists(reading), is_archived=False)
    return running.order_by("-number", "-pk")


def reviews_of(model: type[AnyReading], dossier: Dossier) -> QuerySet[AnyReading]:
    """Every reading of a dossier, recused ones too: for staff."""
    return (
        model._default_manager.filter(**{model.KIND.dossier: dossier})
        .select_related("reader", "sheet")
        .prefetch_related(with_marks())
        .order_by("assigned_at", "pk")
    )


def others_signed(review: AnyReading) -> QuerySet[AnyReading]:
    """The other readers' signed sheets; none before mine is signed, as the database says it."""
    model, kind = type(review), review.KIND
    if review.sheet.status != SheetStatus.SIGNED:
        return model._default_manager.none()
    mine = model._default_manager.filter(kind.regular, pk=review.pk, sheet__status=SheetStatus.SIGNED)
    return (
        model._default_manager.filter(kind.regular, Exists(mine), sheet__status=SheetStatus.SIGNED)
        .filter(**{kind.dossier: review.dossier_id})
        .exclude(pk=review.pk)
        .select_related("reader", "sheet")
        .order_by("sheet__signed_at", "pk")
    )


def desk_of(review: AnyReading) -> list[AnyReading]:
    """The readings that this reader may see beside their own; the marks of all are loaded at once."""
    others = list(others_signed(review))
    prefetch_related_objects([review, *others], with_marks())
    return others


@dataclass(frozen=True, slots=True)
class CriterionSummary:
    """One criterion over the signed readings: its mean for display, the grid's sentence nearest to it."""

    criterion: Criterion
    exact: Fraction
    marks: Sequence[int]

    @property
    def mean(self) -> Decimal:
        return shown(self.exact)

    @property
    def sentence(self) -> str:
        return anchor_nearest(self.criterion.anchors, self.exact)


@dataclass(frozen=True, slots=True)
class ReadingSummary:
    criteria: Sequence[CriterionSummary]
    mean: Decimal | None
    # By review.
    means: Mapping[int, Decimal]
    # Two readers differ too much: a third is needed.
    apart: bool

    def judged(self, *, kept: Mapping[int, Fraction]) -> list[Judged]:
        """As the rule that writes reasons takes it; `kept` comes from `criterion_means`."""
        return [
            Judged(one.label, one.anchors, item.exact, one.weight, kept.get(one.pk))
            for item in self.criteria
            for one in [item.criterion]
        ]


def criterion_means(sheets: QuerySet[Sheet]) -> Mapping[int, Fraction]:
    """Criterion → mean mark over the signed ones of these sheets."""
    rows = (
        Mark.objects.filter(sheet__in=sheets.filter(status=SheetStatus.SIGNED).values("pk"))
        .values_list("criterion")
        .annotate(total=Sum("value"), count=Count("pk"))
        .order_by("criterion")
    )
    return {criterion: Fraction(total, count) for criterion, total, count in rows}


def reading_summary(reviews: Sequence[Reading], *, gap: int) -> ReadingSummary:
    """From the reviews of one dossier that count (with their marks) to means by criterion."""
    signed = [review for review in reviews if review.sheet.status == SheetStatus.SIGNED]
    marks: dict[Criterion, list[int]] = {}
    for review in signed:
        for mark in review.sheet.marks.all():
            marks.setdefault(mark.criterion, []).append(mark.value)
    weight = sum(criterion.weight for criterion in marks)
    totals = [review.sheet.total or 0 for review in signed]
    means = [mean_mark([total], weight=weight) for total in totals]
    return ReadingSummary(
        criteria=[
            CriterionSummary(criterion, mean_mark(marks[criterion], weight=1), marks[criterion])
            for criterion in sorted(marks, key=lambda item: (item.rank, item.pk))
        ],
        mean=shown(mean_mark(totals, weight=weight)) if totals else None,
        means={review.pk: shown(mean) for review, mean in zip(signed, means, strict=True)},
        apart=needs_third_reader(means, gap=gap),
    )
