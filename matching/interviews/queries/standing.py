"""Candidates by audition score, per project and per position: exact scores, ties shown as ties."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from candidates.choices import Status as ApplicationStatus
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.queries import grid_of
from eig.evaluation.rules import shown
from eig.french import french
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, PanelSeat, Scorecard
from matching.interviews.queries.audition import people_without_audition
from matching.interviews.rules import competition_ranks, mean_of_score
from projects.choices import Status as ProjectStatus
from projects.models import Position, Project


@dataclass(frozen=True, slots=True)
class Standing:
    """`rank` is 0 while the score is not known; `tied` when another line has the same score."""

    rank: int
    tied: bool
    audition: Audition
    trades: tuple[str, ...]
    trade_ids: frozenset[int]
    mean: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to finish before deliberating."""

    label: str
    number: int
    query: str


def _heard(promotion_id: int) -> QuerySet[Audition]:
    return Audition.objects.filter(promotion_id=promotion_id, status=AuditionStatus.HEARD)


def scores(promotion: Promotion) -> dict[tuple[int, int], int]:
    """Complete audition scores by (application, project), of people still in the running."""
    rows = _heard(promotion.pk).filter(score__isnull=False, application__status=ApplicationStatus.SHORTLISTED)
    return {
        (application, project): score
        for application, project, score in rows.order_by("pk").values_list(
            "application_id", "project_id", "score"
        )
        if score is not None
    }


def standings(project: Project) -> list[Standing]:
    """Everyone heard for a project, best first; incomplete scores come last, without a rank."""
    auditions = (
        _heard(project.promotion_id)
        .filter(project=project, application__status=ApplicationStatus.SHORTLISTED)
        .select_related("application__candidate")
        .prefetch_related("application__trades")
        .annotate(cards_live=Count("scorecards", filter=~Q(scorecards__sheet__status=SheetStatus.RECUSED)))
        .order_by(F("score").desc(nulls_last=True), french("application__candidate__last_name"), "pk")
    )
    grid = grid_of(project.promotion_id, Stage.AUDITION)
    return _ranked(
        [
            Standing(
                0,
                False,
                audition,
                tuple(trade.label for trade in audition.application.trades.all()),
                frozenset(trade.pk for trade in audition.application.trades.all()),
                mean_in_words(audition.score, weight=grid.total_weight, top=grid.grid.scale_max),
            )
            for audition in auditions
        ]
    )


def standings_by_position(
    project: Project, lines: Sequence[Standing]
) -> list[tuple[Position, list[Standing]]]:
    """The same people, ranked again within each profile sought that they could hold."""
    positions = project.positions.select_related("trade").order_by("rank", "pk")
    return [
        (position, _ranked([line for line in lines if position.trade_id in line.trade_ids]))
        for position in positions
    ]


def _ranked(lines: Sequence[Standing]) -> list[Standing]:
    known = [line.audition.score for line in lines if line.audition.score is not None]
    ranks = iter(competition_ranks(known))
    return [
        Standing(
            next(ranks) if line.audition.score is not None else 0,
            line.audition.score is not None and known.count(line.audition.score) > 1,
            line.audition,
            line.trades,
            line.trade_ids,
            line.mean,
        )
        for line in lines
    ]


def mean_in_words(score: int | None, *, weight: int, top: int) -> str:
    if score is None:
        return ""
    return f"{shown(mean_of_score(score, weight=weight))} / {top}".replace(".", ",")


def project_standings_listed(promotion: Promotion) -> QuerySet[Project]:
    """Published projects with how many were heard and how many scores are complete."""
    heard = Q(auditions__status=AuditionStatus.HEARD)
    return (
        Project.objects.filter(promotion=promotion, status=ProjectStatus.PUBLISHED)
        .select_related("administration")
        .annotate(
            planned=Count("auditions", filter=~Q(auditions__status=AuditionStatus.CANCELLED)),
            heard=Count("auditions", filter=heard),
            scored=Count("auditions", filter=heard & Q(auditions__score__isnull=False)),
        )
        .order_by(french("title"), "pk")
    )


def missing_before_deliberation(promotion: Promotion) -> list[Missing]:
    """What is still to finish, with the list that shows it; nothing when the deliberation may start."""
    auditions = Audition.objects.filter(
        promotion=promotion, application__status=ApplicationStatus.SHORTLISTED
    ).aggregate(
        planned=Count("pk", filter=Q(status=AuditionStatus.PLANNED)),
        placed=Count("pk", filter=Q(status=AuditionStatus.PLACED)),
        unscored=Count("pk", filter=Q(status=AuditionStatus.HEARD, score__isnull=True)),
    )
    cards = Scorecard.objects.filter(
        audition__promotion=promotion, audition__status=AuditionStatus.HEARD, sheet__status=SheetStatus.DRAFT
    ).count()
    referents = (
        PanelSeat.objects.filter(panel__promotion=promotion, is_referent=True)
        .values("panel")
        .distinct()
        .count()
    )
    panels = PanelSeat.objects.filter(panel__promotion=promotion).values("panel").distinct().count()
    found = [
        Missing("Auditions sans créneau", auditions["planned"], "?status=planned"),
        Missing("Auditions placées, ni entendues ni annulées", auditions["placed"], "?status=placed"),
        Missing("Fiches de notation à signer", cards, "?status=heard"),
        Missing("Auditions entendues sans note complète", auditions["unscored"], "?status=heard"),
        Missing("Jurys sans référent ou référente", panels - referents, ""),
        Missing("Personnes présélectionnées sans audition", people_without_audition(promotion).count(), ""),
    ]
    return [item for item in found if item.number]
