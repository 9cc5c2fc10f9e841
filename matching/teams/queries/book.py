"""From the numbers of an instance to names, trades and marks on the grid's scale."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from candidates.models import Application
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.evaluation.rules import COMMON_MULTIPLE, shown
from eig.promotions.models import Promotion
from projects.models import Project


@dataclass(frozen=True, slots=True)
class Book:
    """Who and what the numbers are, loaded once for a page."""

    people: Mapping[str, Application]
    projects: Mapping[str, Project]
    trades: Mapping[str, str]
    weight: int
    top: int

    def mark(self, score: int | None) -> Decimal | None:
        """The mean mark of a score on the common scale: « 3,67 »."""
        return None if score is None else shown(Fraction(score, COMMON_MULTIPLE * self.weight))

    def title(self, number: str | None) -> str:
        if number is None:
            return ""
        project = self.projects.get(number)
        return project.title if project else number

    def trade(self, code: str) -> str:
        return self.trades.get(code, code)


def book_of(promotion: Promotion, *, people: list[str] | None = None) -> Book:
    """Four queries, whatever the number of names; `people` limits them to some numbers."""
    applications = Application.objects.filter(promotion=promotion, number__isnull=False).select_related(
        "candidate"
    )
    if people is not None:
        applications = applications.filter(number__in=people)
    projects = Project.objects.filter(promotion=promotion, number__isnull=False).select_related(
        "administration"
    )
    grid = grid_of(promotion, Stage.AUDITION)
    return Book(
        people={str(one.number): one for one in applications.order_by("pk")},
        projects={str(one.number): one for one in projects.order_by("pk")},
        trades=dict(promotion.trades.order_by("pk").values_list("code", "label")),
        weight=grid.total_weight,
        top=grid.grid.scale_max,
    )
