"""Scenarios as staff read them: figures, teams with roles and cut-offs, what one changes from another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from candidates.models import Application
from eig.french import folded
from eig.listing.filters import containing
from eig.promotions.models import Promotion
from matching.teams.choices import REASON_FOR_STAFF, Reason, ScenarioStatus
from matching.teams.models import Directive, Scenario
from matching.teams.queries.book import Book, book_of
from matching.teams.rules import Figures, figures
from projects.models import Project


def scenarios_listed(promotion: Promotion) -> QuerySet[Scenario]:
    """Latest first."""
    return (
        Scenario.objects.filter(promotion=promotion)
        .select_related("created_by", "signed_by")
        .annotate(directive_count=Count("directives"))
        .order_by("-created_at", "-pk")
    )


def computed_scenarios(promotion: Promotion) -> QuerySet[Scenario]:
    return scenarios_listed(promotion).exclude(status=ScenarioStatus.DRAFT)


def may_be_signed(scenario: Scenario) -> bool:
    """Computed, checked, and nothing else of its promotion is signed or published."""
    decided = [ScenarioStatus.SIGNED, ScenarioStatus.PUBLISHED]
    taken = Scenario.objects.filter(promotion=scenario.promotion, status__in=decided)
    return scenario.status == ScenarioStatus.COMPUTED and scenario.verdict == "ok" and not taken.exists()


def directives_of(scenario: Scenario) -> QuerySet[Directive]:
    return scenario.directives.select_related("application__candidate", "project").order_by("pk")


def with_figures(scenarios: Iterable[Scenario]) -> list[tuple[Scenario, Figures | None]]:
    return [(scenario, figures_of(scenario)) for scenario in scenarios]


def figures_of(scenario: Scenario) -> Figures | None:
    """None before the run."""
    if scenario.status == ScenarioStatus.DRAFT:
        return None
    assert scenario.instance is not None
    assert scenario.result is not None
    return figures(scenario.instance, scenario.result)


@dataclass(frozen=True, slots=True)
class MemberReading:
    application: Application
    trade: str
    wish: int | None
    mark: Decimal | None
    pinned: bool


@dataclass(frozen=True, slots=True)
class CutOff:
    """For someone with this trade alone: whom they would have to beat. Staff and juries only."""

    trade: str
    mark: Decimal | None
    drawn: int | None
    pinned: bool

    @property
    def has_room(self) -> bool:
        return self.mark is None and not self.pinned


@dataclass(frozen=True, slots=True)
class TeamReading:
    project: Project
    seats: int
    members: tuple[MemberReading, ...]
    cutoffs: tuple[CutOff, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A computed scenario with names."""

    scenario: Scenario
    figures: Figures
    teams: tuple[TeamReading, ...]
    top: int

    @property
    def formed(self) -> list[TeamReading]:
        return [team for team in self.teams if team.members]

    @property
    def closed(self) -> list[TeamReading]:
        return [team for team in self.teams if team.closed]

    @property
    def empty(self) -> list[TeamReading]:
        return [team for team in self.teams if not team.closed and not team.members]


def reading_of(scenario: Scenario) -> Reading:
    """The whole scenario, teams by title. The scenario must be computed."""
    instance, result = frozen(scenario)
    book = book_of(scenario.promotion)
    ranks = {one["id"]: one["ranks"] for one in instance["candidates"]}
    scores = _scores(instance)
    pins = {tuple(pair) for pair in instance["pin"]}
    teams = []
    for entry in instance["projects"]:
        number = entry["id"]
        members = [
            MemberReading(
                application=book.people[name],
                trade=book.trade(result["roles"][name]),
                wish=ranks[name].index(number) + 1 if number in ranks[name] else None,
                mark=book.mark(scores.get((name, number))),
                pinned=(name, number) in pins,
            )
            for name, where in result.get("assignment", {}).items()
            if where == number and name in book.people
        ]
        if number in book.projects:
            teams.append(
                TeamReading(
                    project=book.projects[number],
                    seats=sum(slot["count"] for slot in entry["slots"]),
                    members=tuple(sorted(members, key=lambda one: (one.trade, folded(str(one.application))))),
                    cutoffs=cutoffs_at(result, number, book=book),
                    closed=number in result.get("closed", ()),
                )
            )
    return Reading(
        scenario=scenario,
        figures=figures(instance, result),
        teams=tuple(
            sorted(teams, key=lambda team: (team.closed, folded(team.project.title), team.project.pk))
        ),
        top=book.scale.top,
    )


def cutoffs_at(result: Mapping[str, Any], project: str, *, book: Book) -> tuple[CutOff, ...]:
    found = result.get("cutoffs", {}).get(project, {})
    return tuple(
        CutOff(
            trade=book.trade(job),
            mark=book.mark(beat[0]) if isinstance(beat, list) else None,
            drawn=beat[1] + 1 if isinstance(beat, list) else None,
            pinned=beat == "pinned",
        )
        for job, beat in sorted(found.items())
    )


@dataclass(frozen=True, slots=True)
class WishReading:
    """One wish of one person, with everything staff may know."""

    rank: int
    project: str
    reason: str
    sentence: str
    mark: Decimal | None
    cutoffs: tuple[CutOff, ...]

    @property
    def is_assigned(self) -> bool:
        return self.reason == REASON_FOR_STAFF[Reason.ASSIGNED]


@dataclass(frozen=True, slots=True)
class PersonReading:
    application: Application
    obtained: str
    trade: str
    drawn: int
    wishes: tuple[WishReading, ...]


def people_of(scenario: Scenario, wanted: str = "") -> QuerySet[Application]:
    """The people of the instance, by number: those whose name or number says what is wanted."""
    instance, _ = frozen(scenario)
    numbers = [one["id"] for one in instance["candidates"]]
    people = Application.objects.filter(promotion=scenario.promotion, number__in=numbers)
    found = containing(people, wanted, "candidate__first_name", "candidate__last_name", "number")
    return found.select_related("candidate").order_by("number", "pk")


def person_readings(scenario: Scenario, applications: Sequence[Application]) -> list[PersonReading]:
    """What happened to these people in a computed scenario, wish by wish."""
    instance, result = frozen(scenario)
    book = book_of(scenario.promotion, people=[str(one.number) for one in applications])
    ranks = {one["id"]: one["ranks"] for one in instance["candidates"]}
    scores = _scores(instance)
    drawn = {name: position for position, name in enumerate(instance["lottery"], start=1)}
    readings = []
    for application in applications:
        number = str(application.number)
        reasons = result.get("reasons", {}).get(number, {})
        wishes = [
            WishReading(
                rank=rank,
                project=book.title(project),
                reason=REASON_FOR_STAFF[Reason(reasons[project])] if project in reasons else "",
                sentence=Reason(reasons[project]).label if project in reasons else "",
                mark=book.mark(scores.get((number, project))),
                cutoffs=cutoffs_at(result, project, book=book),
            )
            for rank, project in enumerate(ranks[number], start=1)
        ]
        obtained = result.get("assignment", {}).get(number)
        readings.append(
            PersonReading(
                application=application,
                obtained=book.title(obtained),
                trade=book.trade(result["roles"][number]) if obtained else "",
                drawn=drawn[number],
                wishes=tuple(wishes),
            )
        )
    return readings


def frozen(scenario: Scenario) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    assert scenario.instance is not None, "the scenario is computed"
    assert scenario.result is not None, "the scenario is computed"
    return scenario.instance, scenario.result


def _scores(instance: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    return {(candidate, project): score for candidate, project, score in instance["scores"]}
