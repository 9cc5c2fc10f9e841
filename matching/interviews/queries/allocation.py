"""Who could be heard for what: the question of the three rounds, and where it leaves each position."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application, ApplicationTrade
from eig.promotions.models import Promotion, Trade
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Allocation, Audition
from matching.interviews.queries.proposal import settled_pairs, waiting_pairs
from matching.interviews.queries.week import rules_of
from matching.interviews.rules.allocation import Hall, PlaceLine, Reason, per_place, reason_of
from matching.ranking.models import Choice
from matching.ranking.queries import shortlisted_applications, wishes_by_application
from projects.choices import Status as ProjectStatus
from projects.models import Position, Project


@dataclass(frozen=True, slots=True)
class Viability:
    """A position with how many people heard could take it."""

    project: Project
    trade: Trade
    line: PlaceLine

    @property
    def ratio(self) -> str:
        tenths = 10 * self.line.heard // max(self.line.seats, 1)
        return f"{tenths // 10},{tenths % 10}"


@dataclass(frozen=True, slots=True)
class WishLine:
    choice: Choice
    reason: Reason


def hall_of(promotion: Promotion) -> Hall:
    rules = rules_of(promotion)
    trades: dict[int, set[int]] = defaultdict(set)
    scores: dict[int, int] = {}
    links = ApplicationTrade.objects.filter(
        application__promotion=promotion, application__status=ApplicationStatus.SHORTLISTED
    )
    for application, trade, score in links.order_by("pk").values_list(
        "application_id", "trade_id", "application__score"
    ):
        trades[application].add(trade)
        scores[application] = score or 0
    seats = (
        Position.objects.filter(project__promotion=promotion, project__status=ProjectStatus.PUBLISHED)
        .order_by()
        .values_list("project_id", "trade_id")
        .annotate(total=Sum("seats"))
    )
    live = Audition.objects.filter(
        promotion=promotion,
        application__status=ApplicationStatus.SHORTLISTED,
        project__status=ProjectStatus.PUBLISHED,
    ).exclude(status=AuditionStatus.CANCELLED)
    waiting = waiting_pairs(promotion)
    willing = shortlisted_applications(promotion).filter(ranking__accepts_other_project=True)
    return Hall(
        wishes=wishes_by_application(promotion),
        scores=scores,
        trades=trades,
        seats={(project, trade): total for project, trade, total in seats},
        per_place=rules.per_place,
        least_per_place=rules.least_per_place,
        most_each=rules.most_each,
        seed=f"{promotion.code}:auditions",
        held=set(live.order_by("pk").values_list("application_id", "project_id")) | waiting,
        willing=set(willing.order_by("pk").values_list("pk", flat=True)),
        settled=settled_pairs(promotion),
        waiting=waiting,
    )


def viability(promotion: Promotion, hall: Hall) -> list[Viability]:
    """« Auditionné·es par place », position by position, the scarcest first."""
    projects = Project.objects.in_bulk({project for project, _ in hall.seats})
    trades = Trade.objects.in_bulk({trade for _, trade in hall.seats})
    return [Viability(projects[line.project], trades[line.trade], line) for line in per_place(hall)]


def wish_lines(application: Application, hall: Hall) -> list[WishLine]:
    """Each wish of a person, in order, with why it was met or not."""
    choices = (
        Choice.objects.filter(ranking__application=application)
        .select_related("project")
        .order_by("position", "pk")
    )
    return [WishLine(choice, reason_of(hall, application.pk, choice.project_id)) for choice in choices]


def allocations_of(promotion: Promotion) -> QuerySet[Allocation]:
    return (
        Allocation.objects.filter(promotion=promotion)
        .select_related("retained_by")
        .defer("instance", "result")
        .order_by("-retained_at", "-pk")[:20]
    )
