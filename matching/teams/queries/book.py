"""From the numbers of an instance to names, trades and marks on the grid's scale."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Sum

from candidates.models import Application
from eig.evaluation.choices import Stage
from eig.evaluation.models import Grid
from eig.evaluation.rules import COMMON_MULTIPLE, shown
from eig.promotions.models import Promotion
from projects.models import Project


@dataclass(frozen=True, slots=True)
class Scale:
    """From a score on the common scale back to a mean mark on the grid's."""

    weight: int
    top: int

    def mark(self, score: int | None) -> Decimal | None:
        """« 3,67 »."""
        return None if score is None else shown(Fraction(score, COMMON_MULTIPLE * self.weight))


def scale_of(promotion: Promotion) -> Scale:
    """Raises Grid.DoesNotExist."""
    grid = Grid.objects.annotate(weight=Sum("criteria__weight")).get(
        promotion=promotion, stage=Stage.AUDITION
    )
    return Scale(weight=grid.weight, top=grid.scale_max)


@dataclass(frozen=True, slots=True)
class Book:
    """Who and what the numbers are, loaded once for a page."""

    people: Mapping[str, Application]
    projects: Mapping[str, Project]
    trades: Mapping[str, str]
    scale: Scale

    def mark(self, score: int | None) -> Decimal | None:
        return self.scale.mark(score)

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
    return Book(
        people={str(one.number): one for one in applications.order_by("pk")},
        projects={str(one.number): one for one in projects.order_by("pk")},
        trades=dict(promotion.trades.order_by("pk").values_list("code", "label")),
        scale=scale_of(promotion),
    )
