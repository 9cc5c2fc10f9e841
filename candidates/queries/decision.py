"""Waves and decisions of preselection: for staff only until they are published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, Max, OuterRef, QuerySet

from candidates.choices import Outcome, Status
from candidates.models import Application, Decision
from candidates.queries.application import applications_listed
from candidates.queries.reading import marks_kept, reading_summary, reviews_of
from candidates.rules import Standing
from eig.design.templatetags.words import counted
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.queries import GridView, grid_of
from eig.evaluation.rules import written_reason
from eig.promotions.models import Promotion
from eig.waves.choices import WaveStatus
from eig.waves.models import Wave


def decisions_of_wave(wave: Wave) -> QuerySet[Decision]:
    """Those kept first, then by score."""
    return (
        Decision.objects.filter(wave=wave)
        .select_related("application__candidate", "application__promotion", "proposed_by", "wave")
        .order_by(
            F("outcome").desc(), F("application__score").desc(nulls_last=True), "application__number", "pk"
        )
    )


def decision_told(application: Application) -> Decision | None:
    """The last published decision: what its candidate may read."""
    told = Decision.objects.filter(application=application, wave__status=WaveStatus.PUBLISHED)
    return told.select_related("wave").order_by("-published_at", "-pk").first()


def reserve_rivals(wave: Wave, application: Application) -> QuerySet[Decision]:
    """Whom this one waits with: the reserve of its trades, but for those of its mark, who share a rank."""
    return (
        Decision.objects.filter(
            wave=wave, outcome=Outcome.RESERVED, application__trades__in=application.trades.all()
        )
        .exclude(application=application)
        .exclude(application__score=application.score)
        .distinct()
    )


def reserve_lengths(wave: Wave) -> Mapping[str, int]:
    """Trade → the last rank already given in the reserve of a wave."""
    rows = Decision.objects.filter(wave=wave, outcome=Outcome.RESERVED, reserve_rank__isnull=False)
    return dict(rows.values_list("application__trades__code").annotate(last=Max("reserve_rank")).order_by())


def readings_lacking_sentence(application: Application) -> str:
    """Why it is too soon to decide upon an application: enough readers must have signed."""
    signed, required = application.reviews_signed, application.promotion.readers_per_application
    if signed >= required:
        return ""
    return f"{application} a {counted(signed, 'lecture signée')} sur {required} : il faut les attendre."


def plain_reason(grid: GridView) -> str:
    """The reason told when the grid's sentences say nothing."""
    return f"La décision suit la moyenne des lectures, sur les {len(grid.criteria)} critères publiés."


def reason_built(application: Application, *, is_kept: bool = False) -> str:
    """Drawn from the grid's sentences; unless it is kept, what it lacks beside those kept comes first."""
    grid = grid_of(application.promotion_id, Stage.APPLICATION_READING)
    reviews = [item for item in reviews_of(application) if item.sheet.status == SheetStatus.SIGNED]
    chosen = Decision.objects.filter(
        application__promotion=application.promotion_id, outcome=Outcome.SHORTLISTED
    ).values("application")
    kept = marks_kept(Application.objects.filter(pk__in=chosen).exclude(pk=application.pk))
    judged = reading_summary(reviews, gap=0).judged(kept=kept)
    return written_reason(judged, is_kept=is_kept) or plain_reason(grid)


def applications_to_decide(promotion: Promotion) -> QuerySet[Application]:
    """Under reading, read enough, and in no wave; the best read first."""
    proposed = Decision.objects.filter(application=OuterRef("pk"), published_at__isnull=True)
    return (
        applications_listed(promotion)
        .filter(
            ~Exists(proposed),
            status=Status.SUBMITTED,
            reviews_signed__gte=promotion.readers_per_application,
            score__isnull=False,
        )
        .order_by(F("score").desc(), "number", "pk")
    )


def applications_not_ready(promotion: Promotion) -> int:
    """How many under reading still lack signed readings."""
    return Application.objects.filter(
        promotion=promotion, status=Status.SUBMITTED, reviews_signed__lt=promotion.readers_per_application
    ).count()


def standings(promotion: Promotion) -> list[Standing]:
    """What a bulk proposal compares."""
    return [
        Standing(row.pk, row.score or 0, tuple(link.trade.code for link in row.trade_links.all()))
        for row in applications_to_decide(promotion)
    ]


@dataclass(frozen=True, slots=True)
class TradeCount:
    """How many of a trade may be decided, and how many were decided already."""

    code: str
    label: str
    waiting: int


def waiting_by_trade(promotion: Promotion) -> Sequence[TradeCount]:
    counts: dict[str, int] = {}
    for standing in standings(promotion):
        for code in standing.trades:
            counts[code] = counts.get(code, 0) + 1
    return [
        TradeCount(trade.code, trade.label, counts.get(trade.code, 0))
        for trade in promotion.trades.order_by("rank", "pk")
        if trade.opened or counts.get(trade.code)
    ]
