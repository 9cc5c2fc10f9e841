"""Waves and decisions of preselection: for staff only until they are published."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from candidates.choices import Outcome, Status
from candidates.models import Application, Decision
from candidates.queries.application import applications_listed
from candidates.rules import Standing
from eig.evaluation.rules import COMMON_MULTIPLE, mean_mark, shown
from eig.promotions.models import Promotion, Wave


def waves_listed(promotion: Promotion) -> QuerySet[Wave]:
    """The waves of decisions on applications, latest first, with their counts."""
    decisions = "application_decisions"
    return (
        Wave.objects.filter(promotion=promotion, subject=Wave.Subject.APPLICATIONS)
        .select_related("promotion", "prepared_by", "validated_by")
        .annotate(
            decisions=Count(decisions),
            kept=Count(decisions, filter=Q(application_decisions__outcome=Outcome.SHORTLISTED)),
        )
        .order_by("-prepared_at", "-pk")
    )


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
    told = Decision.objects.filter(application=application, wave__status=Wave.Status.PUBLISHED)
    return told.select_related("wave").order_by("-published_at", "-pk").first()


def awaited_decision(application: Application) -> Decision | None:
    """The decision proposed and not yet published: for staff only."""
    rows = Decision.objects.select_related("wave").filter(application=application, published_at__isnull=True)
    return rows.first()


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
        promotion=promotion,
        status=Status.SUBMITTED,
        reviews_signed__lt=promotion.readers_per_application,
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


def shown_score(score: int | None, *, total_weight: int) -> Decimal | None:
    """An application's score as a mean on the grid's scale: « 3,67 »."""
    if score is None:
        return None
    return shown(mean_mark([score], weight=COMMON_MULTIPLE * total_weight))
