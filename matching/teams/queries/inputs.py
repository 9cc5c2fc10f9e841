"""What the matching reads: certified wishes, scores of heard auditions, positions, the draw."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Sum

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application, ApplicationTrade
from eig.evaluation.choices import SheetStatus
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Scorecard
from matching.ranking.choices import Status as RankingStatus
from matching.ranking.models import Choice, Ranking
from matching.teams.choices import DirectiveKind
from matching.teams.models import Draw, Scenario
from matching.teams.rules import Candidate, Project, team_instance
from projects.choices import Status as ProjectStatus
from projects.models import Position
from projects.models import Project as ProjectRecord


@dataclass(frozen=True, slots=True)
class Inputs:
    """Plain values, by number: what the rules take, and what staff see counted before a run."""

    candidates: tuple[Candidate, ...]
    projects: tuple[Project, ...]
    scores: Mapping[tuple[str, str], int]


def draw_of(promotion: Promotion) -> Draw | None:
    return Draw.objects.filter(promotion=promotion).first()


def seed_came_first(draw: Draw) -> bool:
    """Whether the seed was sealed before the first application was numbered: nobody could choose it."""
    return not Application.objects.filter(
        promotion_id=draw.promotion_id, submitted_at__lt=draw.committed_at
    ).exists()


def auditions_pending(promotion: Promotion) -> int:
    """Auditions still to be held, or heard with a card that is not signed."""
    unsigned = Scorecard.objects.filter(audition=OuterRef("pk"), sheet__status=SheetStatus.DRAFT)
    return (
        Audition.objects.filter(promotion=promotion)
        .filter(
            Q(status__in=[AuditionStatus.PLANNED, AuditionStatus.PLACED])
            | Q(Exists(unsigned), status=AuditionStatus.HEARD)
        )
        .count()
    )


def inputs_of(promotion: Promotion) -> Inputs:
    scores = _scores(promotion)
    return Inputs(
        candidates=_candidates(promotion, heard_for=list(scores)),
        projects=_projects(promotion),
        scores=scores,
    )


def instance_of(scenario: Scenario, inputs: Inputs, *, seed: str) -> dict[str, object]:
    """The instance of a scenario with these inputs."""
    directives = [
        (kind, str(person), str(project))
        for kind, person, project in scenario.directives.order_by("pk").values_list(
            "kind", "application__number", "project__number"
        )
    ]
    return team_instance(
        scenario.promotion.code,
        candidates=inputs.candidates,
        projects=inputs.projects,
        scores=inputs.scores,
        seed=seed,
        minimum=scenario.promotion.team_min,
        enforce=scenario.enforce_minimum,
        pins=[(person, project) for kind, person, project in directives if kind == DirectiveKind.PIN],
        forbidden=[(person, project) for kind, person, project in directives if kind == DirectiveKind.FORBID],
    )


def _candidates(promotion: Promotion, *, heard_for: list[tuple[str, str]]) -> tuple[Candidate, ...]:
    """Preselected people with certified wishes, or who were heard.

    Someone heard for a project outside their wishes, having agreed to it, gets it after them.
    """
    trades: dict[str, list[str]] = {}
    for number, trade in (
        ApplicationTrade.objects.filter(
            application__promotion=promotion, application__status=ApplicationStatus.SHORTLISTED
        )
        .order_by("rank", "pk")
        .values_list("application__number", "trade__code")
    ):
        trades.setdefault(str(number), []).append(trade)
    wishes: dict[str, list[str]] = {}
    for number, project in (
        Choice.objects.filter(
            ranking__status=RankingStatus.CERTIFIED,
            ranking__application__promotion=promotion,
            ranking__application__status=ApplicationStatus.SHORTLISTED,
        )
        .order_by("position", "pk")
        .values_list("ranking__application__number", "project__number")
    ):
        wishes.setdefault(str(number), []).append(str(project))
    willing = set(
        Ranking.objects.filter(application__promotion=promotion, accepts_other_project=True)
        .order_by("pk")
        .values_list("application__number", flat=True)
    )
    for number, project in heard_for:
        if number in willing and number in trades and project not in wishes.get(number, []):
            wishes.setdefault(number, []).append(project)
    heard = {number for number, _ in heard_for}
    return tuple(
        Candidate(number, tuple(codes), tuple(wishes.get(number, ())))
        for number, codes in sorted(trades.items())
        if number in wishes or number in heard
    )


def _projects(promotion: Promotion) -> tuple[Project, ...]:
    seats: dict[str, dict[str, int]] = {
        str(number): {}
        for number in ProjectRecord.objects.filter(promotion=promotion, status=ProjectStatus.PUBLISHED)
        .order_by("pk")
        .values_list("number", flat=True)
    }
    for number, trade, count in (
        Position.objects.filter(project__promotion=promotion, project__status=ProjectStatus.PUBLISHED)
        .values_list("project__number", "trade__code")
        .annotate(places=Sum("seats"))
        .order_by("project__number", "trade__code")
    ):
        seats[str(number)][trade] = count
    return tuple(Project(number, counts) for number, counts in sorted(seats.items()))


def _scores(promotion: Promotion) -> dict[tuple[str, str], int]:
    """Of heard auditions with at least one signed card, in the order in which they were planned."""
    rows = (
        Audition.objects.filter(
            promotion=promotion,
            status=AuditionStatus.HEARD,
            score__isnull=False,
            application__status=ApplicationStatus.SHORTLISTED,
        )
        .order_by("created_at", "pk")
        .values_list("application__number", "project__number", "score")
    )
    return {(str(person), str(project)): int(score or 0) for person, project, score in rows}


@dataclass(frozen=True, slots=True)
class Counts:
    people: int
    heard: int
    projects: int
    seats: int


def inputs_counted(promotion: Promotion) -> Counts:
    """What staff look at before a run: the size of the inputs, in two queries."""
    heard = Audition.objects.filter(
        application=OuterRef("pk"), status=AuditionStatus.HEARD, score__isnull=False
    )
    people = (
        Application.objects.filter(promotion=promotion, status=ApplicationStatus.SHORTLISTED)
        .annotate(was_heard=Exists(heard))
        .aggregate(
            people=Count("pk", filter=Q(ranking__status=RankingStatus.CERTIFIED) | Q(was_heard=True)),
            heard=Count("pk", filter=Q(was_heard=True)),
        )
    )
    sought = Position.objects.filter(
        project__promotion=promotion, project__status=ProjectStatus.PUBLISHED
    ).aggregate(projects=Count("project", distinct=True), seats=Sum("seats"))
    return Counts(people["people"], people["heard"], sought["projects"], sought["seats"] or 0)
