"""Read promotions: which are public, what their calendar says, what time it is for them."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from eig.promotions.choices import PhaseKind
from eig.promotions.models import Phase, Promotion, Trade
from eig.promotions.rules import PayGrid


def promotions_listed() -> QuerySet[Promotion]:
    """Every promotion, latest first."""
    return Promotion.objects.select_related("programme").order_by("-number", "-pk")


def promotions_told() -> QuerySet[Promotion]:
    """Those that run, for everybody, latest first: one whose calls have no words yet is the team's alone."""
    calls = ["projects_call", "applications_call"]
    return promotions_listed().filter(is_archived=False, texts__has_keys=calls)


def current_promotion() -> Promotion | None:
    """The promotion that home and shortcuts lead to."""
    return promotions_told().first()


def moment(promotion: Promotion) -> datetime:
    """What time it is for this promotion: the real one, unless a rehearsal moved its clock.

    For display and for the `at=` of actions; deadlines are judged by `open_gate`.
    """
    return promotion.rehearsal_clock or timezone.now()


def calendar(promotion: Promotion) -> list[Phase]:
    return list(promotion.phases.prefetch_related("extensions").order_by("opens_at", "closes_at", "pk"))


def phases_by_kind(promotion: Promotion) -> Mapping[str, Phase]:
    return {phase.kind: phase for phase in promotion.phases.order_by("pk")}


def phase_of(promotion: Promotion, kind: str) -> Phase | None:
    return promotion.phases.filter(kind=kind).first()


def closing_of(kind: PhaseKind, *, promotion: str = "promotion") -> Subquery:
    """When a phase closed, or will: beside each row, whose promotion is at this lookup."""
    phases = Phase.objects.filter(promotion=OuterRef(promotion), kind=kind)
    return Subquery(phases.values_list(Coalesce("closed_at", "closes_at"))[:1], output_field=DateTimeField())


def opened_trades(promotion: Promotion) -> QuerySet[Trade]:
    return promotion.trades.filter(opened=True).order_by("rank", "pk")


def pay_grid(promotion: Promotion) -> PayGrid:
    return PayGrid(
        threshold_years=promotion.pay_threshold_years,
        threshold_inclusive=promotion.pay_threshold_inclusive,
        below=promotion.pay_below,
        above=promotion.pay_above,
    )
