"""The reserve behind each project: the seats left, the people who wait, who comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application, ApplicationTrade
from eig.french import french
from eig.promotions.models import Promotion, Trade
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition
from matching.stable.lottery import draw_order
from matching.teams.choices import DirectiveKind, ScenarioStatus
from matching.teams.models import Directive, Offer
from matching.teams.queries.book import Scale, scale_of
from matching.teams.queries.inputs import draw_of
from matching.teams.queries.offer import LIVE, SAID_NO
from matching.teams.rules import Next, Waiting, free_places, next_in_reserve, turn
from projects.models import Position, Project


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
    return _reserves(
        promotion, Position.objects.filter(project__promotion=promotion, project__team__isnull=False)
    )


def reserve_of(project: Project) -> Reserve:
    return _reserves(project.promotion, Position.objects.filter(project=project))[0]


def _reserves(promotion: Promotion, sought: QuerySet[Position]) -> list[Reserve]:
    places = _places(sought)
    offers = list(
        Offer.objects.filter(promotion=promotion, status__in=[*LIVE, *SAID_NO])
        .order_by("pk")
        .values_list("application_id", "team__project_id", "trade__code", "status")
    )
    waiting = _waiting(promotion, list(places), out={application for application, *_ in offers})
    scale = scale_of(promotion)
    reserves = []
    for project, seats in places.items():
        taken = [trade for _, where, trade, status in offers if where == project.pk and status in LIVE]
        free = free_places({trade.code: count for trade, count in seats.items()}, taken=taken)
        reserves.append(
            _reserve(project, seats=seats, free=free, heard=waiting.get(project.pk, []), scale=scale)
        )
    return reserves


def _places(sought: QuerySet[Position]) -> dict[Project, dict[Trade, int]]:
    """Seats by trade of each project, by title."""
    places: dict[Project, dict[Trade, int]] = {}
    for position in sought.select_related("project__promotion", "trade").order_by(
        french("project__title"), "project_id", "trade__rank", "pk"
    ):
        seats = places.setdefault(position.project, {})
        seats[position.trade] = seats.get(position.trade, 0) + position.seats
    return places


@dataclass(frozen=True, slots=True)
class _Heard:
    """Someone who waits, for the rule and for the page."""

    application: Application
    trades: tuple[str, ...]
    waiting: Waiting


def _reserve(
    project: Project,
    *,
    seats: Mapping[Trade, int],
    free: Mapping[str, int],
    heard: list[_Heard],
    scale: Scale,
) -> Reserve:
    labels = {trade.code: trade.label for trade in seats}
    following = next_in_reserve([one.waiting for one in heard], free=free)
    ordered = sorted(heard, key=lambda one: turn(one.waiting))
    return Reserve(
        project=project,
        free=tuple((labels[trade], count) for trade, count in free.items()),
        waiting=tuple(
            ReserveRow(
                application=one.application,
                trades=one.trades,
                mark=scale.mark(one.waiting.score),
                is_next=following is not None and following.number == one.waiting.number,
            )
            for one in ordered
        ),
        next=following,
        next_trade=labels[following.trade] if following else "",
    )


def _waiting(promotion: Promotion, projects: list[Project], *, out: set[int]) -> dict[int, list[_Heard]]:
    """Heard for the project, still candidate, without a live offer, having refused none, not forbidden."""
    draw = draw_of(promotion)
    if draw is None:
        return {}
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
    drawn = _positions(draw.seed, [str(audition.application.number) for audition in heard])
    waiting: dict[int, list[_Heard]] = {}
    for audition in heard:
        number, known = str(audition.application.number), trades.get(audition.application_id, [])
        waiting.setdefault(audition.project_id, []).append(
            _Heard(
                application=audition.application,
                trades=tuple(label for _, label in known),
                waiting=Waiting(
                    number=number,
                    trades=tuple(code for code, _ in known),
                    score=audition.score or 0,
                    drawn=drawn[number],
                ),
            )
        )
    return waiting


def _positions(seed: str, numbers: list[str]) -> dict[str, int]:
    return {number: position for position, number in enumerate(draw_order(seed, numbers))}


def _trades(applications: list[int]) -> dict[int, list[tuple[str, str]]]:
    """(code, label) of each person's trades, in their order of preference."""
    trades: dict[int, list[tuple[str, str]]] = {}
    for application, code, label in (
        ApplicationTrade.objects.filter(application_id__in=applications)
        .order_by("rank", "pk")
        .values_list("application_id", "trade__code", "trade__label")
    ):
        trades.setdefault(application, []).append((code, label))
    return trades
