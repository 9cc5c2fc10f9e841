"""Read grids, their readers, sheets, recusals."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from eig.accounts.models import User
from eig.evaluation.choices import Stage
from eig.evaluation.models import AnchorAmendment, Criterion, Grid, Mark, Reader, Sheet
from eig.evaluation.rules import Content
from eig.french import french
from eig.promotions.models import Promotion


@dataclass(frozen=True, slots=True)
class GridView:
    """A grid with its criteria, loaded once."""

    grid: Grid
    criteria: tuple[Criterion, ...]

    @property
    def weights(self) -> dict[str, int]:
        return {criterion.code: criterion.weight for criterion in self.criteria}

    @property
    def total_weight(self) -> int:
        return sum(criterion.weight for criterion in self.criteria)


def grid_of(promotion: Promotion | int, stage: Stage | str) -> GridView:
    """The grid of a stage. Raises Grid.DoesNotExist."""
    promotion_id = promotion if isinstance(promotion, int) else promotion.pk
    criteria = tuple(
        Criterion.objects.filter(grid__promotion_id=promotion_id, grid__stage=stage)
        .select_related("grid")
        .order_by("rank", "pk")
    )
    if not criteria:
        raise Grid.DoesNotExist(f"no grid « {stage} »")
    return GridView(criteria[0].grid, criteria)


def amendments_of(grid: GridView) -> list[AnchorAmendment]:
    """Every rewording of the grid's anchors, the latest first."""
    rows = AnchorAmendment.objects.filter(criterion__in=grid.criteria).select_related(
        "criterion", "amended_by"
    )
    return list(rows.order_by("-amended_at", "-pk"))


def content_of(sheet: Sheet) -> Content:
    """What is written on a sheet now; nothing on one that is not opened yet."""
    rows = Mark.objects.filter(sheet=sheet).order_by("pk") if sheet.pk else ()
    marks = {mark.criterion_id: (mark.value, mark.appreciation) for mark in rows}
    return Content(marks, sheet.comment, sheet.verdict, sheet.favourite)


def told_of(sheet: Sheet) -> str:
    """The same in a few lines, for whoever must choose between two versions of it."""
    marks = Mark.objects.filter(sheet=sheet).select_related("criterion")
    ordered = marks.order_by("criterion__rank", "criterion_id")
    return "\n".join([*(f"{mark.criterion.label} : {mark.value}" for mark in ordered), sheet.comment])


def marks_of(sheet: Sheet) -> Mapping[str, int]:
    """Marks by criterion code."""
    return dict(sheet.marks.values_list("criterion__code", "value"))


def is_reader(person: User, promotion: Promotion | int, stage: Stage | str) -> bool:
    promotion_id = promotion if isinstance(promotion, int) else promotion.pk
    return Reader.objects.filter(person=person, promotion_id=promotion_id, stage=stage).exists()


def readers_of(promotion: Promotion, stage: Stage | str) -> QuerySet[Reader]:
    return (
        Reader.objects.filter(promotion=promotion, stage=stage)
        .select_related("person")
        .order_by(french("person__last_name"), french("person__first_name"), "pk")
    )
