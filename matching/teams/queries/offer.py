"""Offers, the teams they confirm, and the reserve behind each project."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application, ApplicationTrade
from eig.accounts.models import User
from eig.promotions.models import Promotion, Trade
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition
from matching.stable.lottery import draw_order
from matching.teams.choices import DirectiveKind, OfferStatus, ScenarioStatus
from matching.teams.models import Directive, Offer, Team
from matching.teams.queries.book import Book, book_of
from matching.teams.queries.inputs import draw_of
from matching.teams.rules import Next, Waiting, free_places, next_in_reserve
from projects.models import Position, Project

LIVE = (OfferStatus.PREPARED, OfferStatus.SENT, OfferStatus.ACCEPTED)
# What a person may see: nothing before it is sent.
TOLD = (
    OfferStatus.SENT,
    OfferStatus.ACCEPTED,
    OfferStatus.DECLINED,
    OfferStatus.EXPIRED,
    OfferStatus.CANCELLED,
)
SAID_NO = (OfferStatus.DECLINED, OfferStatus.EXPIRED)


def _offers() -> QuerySet[Offer]:
    return Offer.objects.select_related(
        "promotion", "team__project__administration", "application__candidate", "trade"
    )


def offers_visible_to(user: User) -> QuerySet[Offer]:
    """One's own, once sent; every one for staff."""
    offers = _offers().order_by("-created_at", "-pk")
    if user.is_staff:
        return offers
    return offers.filter(application__candidate=user, status__in=TOLD, sent_at__isnull=False)


def offers_listed(promotion: Promotion) -> QuerySet[Offer]:
    """For staff: those that wait for an answer first, by deadline."""
    return _offers().filter(promotion=promotion).order_by("team__project__title", "created_at", "pk")


def offers_counted(promotion: Promotion) -> dict[str, int]:
    """How many offers in each state."""
    rows = (
        Offer.objects.filter(promotion=promotion)
        .values_list("status")
        .annotate(total=Count("pk"))
        .order_by("status")
    )
    found = dict(rows)
    return {status: found.get(status, 0) for status in OfferStatus.values}


def teammates(offer: Offer) -> list[Offer]:
    """The other live offers of the team."""
    return list(
        Offer.objects.filter(team_id=offer.team_id, status__in=LIVE)
        .exclude(pk=offer.pk)
        .select_related("trade", "application__candidate")
        .order_by("trade__rank", "pk")
    )


@dataclass(frozen=True, slots=True)
class ConfirmedTeam:
    team: Team
    offers: tuple[Offer, ...]
    """Those accepted."""


def confirmed_teams(promotion: Promotion) -> list[ConfirmedTeam]:
    """Teams with at least one accepted offer, by the title of their project. Cohorts pull from here."""
    accepted: dict[Team, list[Offer]] = {}
    for offer in (
        _offers()
        .filter(promotion=promotion, status=OfferStatus.ACCEPTED)
        .order_by("team__project__title", "team_id", "trade__rank", "pk")
    ):
        accepted.setdefault(offer.team, []).append(offer)
    return [ConfirmedTeam(team, tuple(offers)) for team, offers in accepted.items()]


@dataclass(frozen=True, slots=True)
class ReserveRow:
    application: Application
    trades: tuple[str, ...]
    mark: Decimal | None
    is_next: bool


@dataclass(frozen=True, slots=True)
class Reserve:
    """Behind one project: the seats left and the people who wait, in order."""

    project: Project
    free: tuple[tuple[str, int], ...]
    """(label of the trade, seats)"""
    waiting: tuple[ReserveRow, ...]
    next: Next | None
    next_trade: str

    @property
    def seats_left(self) -> int:
        return sum(count for _, count in self.free)


def reserves_of(promotion: Promotion) -> list[Reserve]:
    """For every project with a team, by title; the same number of queries for one or for all."""
    projects = list(
        Project.objects.filter(promotion=promotion, team__isnull=False)
        .select_related("administration")
        .order_by("title", "pk")
    )
    return _reserves(promotion, projects)


def reserve_of(project: Project) -> Reserve:
    return _reserves(project.promotion, [project])[0]


def _reserves(promotion: Promotion, projects: list[Project]) -> list[Reserve]:
    seats = _seats(projects)
    taken = _taken(projects)
    waiting, people = _waiting(promotion, projects)
    book = book_of(promotion, people=[])
    return [
        _reserve(
            project,
            free=free_places(seats.get(project.pk, {}), taken=taken.get(project.pk, [])),
            waiting=waiting.get(project.pk, []),
            people=people,
            book=book,
        )
        for project in projects
    ]


def _reserve(
    project: Project,
    *,
    free: Mapping[str, int],
    waiting: list[Waiting],
    people: Mapping[str, Application],
    book: Book,
) -> Reserve:
    following = next_in_reserve(waiting, free=free)
    ordered = sorted(waiting, key=lambda one: (-one.score, one.drawn, one.number))
    return Reserve(
        project=project,
        free=tuple((book.trade(trade), count) for trade, count in free.items()),
        waiting=tuple(
            ReserveRow(
                application=people[one.number],
                trades=tuple(book.trade(trade) for trade in one.trades),
                mark=book.mark(one.score),
                is_next=following is not None and following.number == one.number,
            )
            for one in ordered
        ),
        next=following,
        next_trade=book.trade(following.trade) if following else "",
    )


def _seats(projects: list[Project]) -> dict[int, dict[str, int]]:
    seats: dict[int, dict[str, int]] = {}
    for project, trade, count in (
        Position.objects.filter(project__in=projects)
        .values_list("project_id", "trade__code")
        .annotate(places=Sum("seats"))
        .order_by("project_id", "trade__code")
    ):
        seats.setdefault(project, {})[trade] = count
    return seats


def _taken(projects: list[Project]) -> dict[int, list[str]]:
    taken: dict[int, list[str]] = {}
    for project, trade in (
        Offer.objects.filter(team__project__in=projects, status__in=LIVE)
        .order_by("pk")
        .values_list("team__project_id", "trade__code")
    ):
        taken.setdefault(project, []).append(trade)
    return taken


def _waiting(
    promotion: Promotion, projects: list[Project]
) -> tuple[dict[int, list[Waiting]], dict[str, Application]]:
    """Heard for the project, still candidate, without a live offer, having refused none, not forbidden."""
    draw = draw_of(promotion)
    if draw is None:
        return {}, {}
    out = set(
        Offer.objects.filter(promotion=promotion, status__in=[*LIVE, *SAID_NO])
        .order_by("pk")
        .values_list("application_id", flat=True)
    )
    forbidden = set(
        Directive.objects.filter(
            scenario__promotion=promotion,
            scenario__status=ScenarioStatus.PUBLISHED,
            kind=DirectiveKind.FORBID,
        )
        .order_by("pk")
        .values_list("application_id", "project_id")
    )
    heard = [
        audition
        for audition in Audition.objects.filter(
            project__in=projects,
            status=AuditionStatus.HEARD,
            score__isnull=False,
            application__status=ApplicationStatus.SHORTLISTED,
        )
        .select_related("application__candidate")
        .order_by("pk")
        if audition.application_id not in out
        and (audition.application_id, audition.project_id) not in forbidden
    ]
    trades = _trades([audition.application_id for audition in heard])
    people = {str(audition.application.number): audition.application for audition in heard}
    drawn = {number: position for position, number in enumerate(draw_order(draw.seed, people))}
    waiting: dict[int, list[Waiting]] = {}
    for audition in heard:
        number = str(audition.application.number)
        waiting.setdefault(audition.project_id, []).append(
            Waiting(number, trades.get(audition.application_id, ()), audition.score or 0, drawn[number])
        )
    return waiting, people


def _trades(applications: list[int]) -> dict[int, tuple[str, ...]]:
    trades: dict[int, list[str]] = {}
    for application, trade in (
        ApplicationTrade.objects.filter(application_id__in=applications)
        .order_by("rank", "pk")
        .values_list("application_id", "trade__code")
    ):
        trades.setdefault(application, []).append(trade)
    return {application: tuple(codes) for application, codes in trades.items()}


def trade_of(promotion: Promotion, code: str) -> Trade:
    return promotion.trades.get(code=code)
