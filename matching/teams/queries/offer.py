"""Offers, the teams they confirm, and the reserve behind each project."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from eig.accounts.models import User
from eig.french import french
from eig.promotions.models import Promotion, Trade
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer, Team

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
    return _offers().filter(promotion=promotion).order_by(french("team__project__title"), "created_at", "pk")


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
        .order_by(french("team__project__title"), "team_id", "trade__rank", "pk")
    ):
        accepted.setdefault(offer.team, []).append(offer)
    return [ConfirmedTeam(team, tuple(offers)) for team, offers in accepted.items()]


def trade_of(promotion: Promotion, code: str) -> Trade:
    return promotion.trades.get(code=code)
