"""What the programme team reads: who certified, what the wishes ask for, against the seats."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.french import french
from eig.promotions.models import Promotion, Trade
from matching.ranking.choices import Cause, Status
from matching.ranking.models import Adjustment, Choice, Ranking, Snapshot
from matching.ranking.queries.candidate import published_projects
from projects.choices import Status as ProjectStatus
from projects.models import Position, Project


@dataclass(frozen=True, slots=True)
class Demand:
    """How often certified lists wish for a project (in all, at each rank), and the seats it has."""

    project: Project
    seats: int
    total: int
    by_rank: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TradeDemand:
    trade: Trade
    seats: int
    candidates: int
    certified: int


def shortlisted_applications(promotion: Promotion) -> QuerySet[Application]:
    return Application.objects.filter(
        promotion=promotion, status=ApplicationStatus.SHORTLISTED
    ).select_related("candidate")


def rankings_listed(promotion: Promotion) -> QuerySet[Application]:
    """Preselected applications with the state of their list (`ranking_status`, `wishes`), by name."""
    return (
        shortlisted_applications(promotion)
        .select_related("ranking")
        .prefetch_related(Prefetch("trades", queryset=Trade.objects.order_by("rank", "pk")))
        .annotate(ranking_status=F("ranking__status"), wishes=Count("ranking__choices", distinct=True))
        .order_by(french("candidate__last_name"), french("candidate__first_name"), "pk")
    )


def counts(promotion: Promotion) -> dict[str, int]:
    """Preselected people by state of their list: certified, draft, none."""
    wished = Choice.objects.filter(ranking__application=OuterRef("pk"))
    row = shortlisted_applications(promotion).aggregate(
        total=Count("pk"),
        certified=Count("pk", filter=Q(ranking__status=Status.CERTIFIED)),
        started=Count("pk", filter=Q(ranking__status=Status.DRAFT) & Q(Exists(wished))),
    )
    return {**row, "none": row["total"] - row["certified"] - row["started"]}


def certified_rankings(promotion: Promotion) -> QuerySet[Ranking]:
    """Certified lists of people still in the running, with their wishes; others count as no wishes."""
    return (
        Ranking.objects.filter(
            application__promotion=promotion,
            application__status=ApplicationStatus.SHORTLISTED,
            status=Status.CERTIFIED,
        )
        .select_related("application__candidate")
        .prefetch_related(
            Prefetch("choices", queryset=Choice.objects.select_related("project").order_by("position", "pk"))
        )
        .order_by("application_id")
    )


def wishes_by_application(promotion: Promotion) -> dict[int, tuple[int, ...]]:
    """Project ids in order of preference, by application id; certified lists only."""
    rows = (
        Choice.objects.filter(
            ranking__application__promotion=promotion,
            ranking__application__status=ApplicationStatus.SHORTLISTED,
            ranking__status=Status.CERTIFIED,
            project__status=ProjectStatus.PUBLISHED,
        )
        .order_by("ranking__application_id", "position")
        .values_list("ranking__application_id", "project_id")
    )
    wishes: dict[int, tuple[int, ...]] = {}
    for application, project in rows:
        wishes[application] = (*wishes.get(application, ()), project)
    return wishes


def demand_by_project(promotion: Promotion) -> list[Demand]:
    """Certified wishes for each published project, most wanted first."""
    seats = (
        Position.objects.filter(project=OuterRef("pk"))
        .order_by()
        .values("project")
        .annotate(total=Sum("seats"))
        .values("total")
    )
    counted = Q(
        choices__ranking__status=Status.CERTIFIED,
        choices__ranking__application__status=ApplicationStatus.SHORTLISTED,
    )
    projects = (
        published_projects(promotion.pk)
        .select_related("administration")
        .annotate(
            seats_sought=Coalesce(Subquery(seats), 0),
            wished=Count("choices", filter=counted),
            **{
                f"wished_{rank}": Count("choices", filter=counted & Q(choices__position=rank))
                for rank in range(1, promotion.wishes_max + 1)
            },
        )
        .order_by("-wished", french("title"), "pk")
    )
    return [
        Demand(
            project=project,
            seats=project.seats_sought,
            total=project.wished,
            by_rank=tuple(getattr(project, f"wished_{rank}") for rank in range(1, promotion.wishes_max + 1)),
        )
        for project in projects
    ]


@dataclass(frozen=True, slots=True)
class PositionDemand:
    """A profile that a project seeks: how many people of this trade named the project, lists certified."""

    project: Project
    trade: Trade
    seats: int
    wishes: int
    first: int

    @property
    def is_thin(self) -> bool:
        """Fewer people than seats: the project may not be staffed."""
        return self.wishes < self.seats


def demand_by_position(promotion: Promotion) -> list[PositionDemand]:
    """Certified wishes for each profile of each published project; people of two trades count in both."""
    wished = {
        (project, trade): (wishes, first)
        for project, trade, wishes, first in Choice.objects.filter(
            ranking__status=Status.CERTIFIED,
            ranking__application__promotion=promotion,
            ranking__application__status=ApplicationStatus.SHORTLISTED,
        )
        .order_by()
        .values_list("project_id", "ranking__application__trades")
        .annotate(wishes=Count("pk"), first=Count("pk", filter=Q(position=1)))
    }
    profiles = (
        Position.objects.filter(project__promotion=promotion, project__status=ProjectStatus.PUBLISHED)
        .select_related("project", "trade")
        .order_by(french("project__title"), "project_id", "trade__rank", "pk")
    )
    seats: dict[tuple[int, int], int] = {}
    kept: dict[tuple[int, int], Position] = {}
    for profile in profiles:
        pair = (profile.project_id, profile.trade_id)
        kept.setdefault(pair, profile)
        seats[pair] = seats.get(pair, 0) + profile.seats
    return [
        PositionDemand(profile.project, profile.trade, seats[pair], *wished.get(pair, (0, 0)))
        for pair, profile in kept.items()
    ]


@dataclass(frozen=True, slots=True)
class Adjusting:
    """How the adjustments of one project go: opened, used, until when."""

    project: Project
    cause: str
    opened: int
    used: int
    until: datetime


def adjustments_listed(promotion: Promotion) -> list[Adjusting]:
    """What was withdrawn or changed after the closing, the latest first."""
    rows = (
        Adjustment.objects.filter(project__promotion=promotion)
        .order_by()
        .values("project_id", "cause")
        .annotate(opened=Count("pk"), used=Count("used_at"), last=Max("until"))
        .order_by("-last", "project_id", "cause")
    )
    projects = Project.objects.in_bulk([row["project_id"] for row in rows])
    return [
        Adjusting(
            projects[row["project_id"]],
            str(Cause(row["cause"]).label),
            row["opened"],
            row["used"],
            row["last"],
        )
        for row in rows
    ]


def demand_by_trade(promotion: Promotion) -> list[TradeDemand]:
    """For each trade opened: seats of the published projects, preselected candidates, certified lists."""
    seats = dict(
        Position.objects.filter(project__promotion=promotion, project__status=ProjectStatus.PUBLISHED)
        .order_by()
        .values_list("trade_id")
        .annotate(total=Sum("seats"))
    )
    running = Q(applications__status=ApplicationStatus.SHORTLISTED)
    trades = (
        promotion.trades.filter(opened=True)
        .annotate(
            people=Count("applications", filter=running),
            lists=Count("applications", filter=running & Q(applications__ranking__status=Status.CERTIFIED)),
        )
        .order_by("rank", "pk")
    )
    return [TradeDemand(trade, seats.get(trade.pk, 0), trade.people, trade.lists) for trade in trades]


def latest_snapshot(promotion: Promotion) -> Snapshot | None:
    """The lists as they stood when the ranking closed."""
    return Snapshot.objects.filter(promotion=promotion).order_by("-taken_at", "-pk").first()
