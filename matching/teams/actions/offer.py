"""Answer an offer in time, let it expire, go down the reserve."""

from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction

from candidates.models import Application
from eig.accounts.models import User
from eig.failures.actions import each_alone
from eig.french import dates
from eig.journal.actions import record as journal
from eig.lifecycle import lock, move, move_all
from eig.mail.outbox import post_all
from eig.promotions.gate import official_now
from eig.promotions.models import Promotion
from matching.ranking.models import Choice
from matching.teams import emails
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer, Team
from matching.teams.queries.offer import LIVE, trade_of
from matching.teams.queries.outcome import published_scenario
from matching.teams.queries.reserve import Reserve, reserve_of
from matching.teams.rules import Next, reserve_deadline
from projects.models import Project


class OfferClosed(Exception):
    """The offer can no longer be answered this way; the sentence tells why, with the official time."""


class NobodyNext(Exception):
    """No free seat, nobody who waits, or the order has changed since the page was shown."""


class ReserveOver(Exception):
    """The reserve has expired."""


ANSWERED = {
    OfferStatus.ACCEPTED: "Vous avez déjà accepté cette proposition.",
    OfferStatus.DECLINED: "Vous avez déjà refusé cette proposition.",
    OfferStatus.CANCELLED: "Cette proposition a été annulée.",
    OfferStatus.PREPARED: "Cette proposition n’est pas encore envoyée.",
}


def _locked(offer: Offer) -> Offer:
    return lock(offer, "promotion", "team__project__administration", "application__candidate", "trade")


def _answerable_now(offer: Offer) -> datetime:
    """The official instant, read once the row is locked. Raises OfferClosed."""
    now = official_now(offer.promotion_id)
    if (
        offer.expires_at
        and offer.status in {OfferStatus.SENT, OfferStatus.EXPIRED}
        and now > offer.expires_at
    ):
        raise OfferClosed(
            f"Le délai de réponse est passé : il courait jusqu’au {dates.deadline(offer.expires_at)}. "
            f"Nous sommes le {dates.deadline(now)}."
        )
    if offer.status != OfferStatus.SENT:
        raise OfferClosed(
            ANSWERED.get(OfferStatus(offer.status), "Cette proposition n’attend plus de réponse.")
        )
    return now


@transaction.atomic
def accept_offer(offer: Offer, *, by: User) -> None:
    """Say yes, before the deadline by the database's clock. A second click changes nothing."""
    locked = _locked(offer)
    if locked.status == OfferStatus.ACCEPTED:
        return
    now = _answerable_now(locked)
    move(locked, OfferStatus.ACCEPTED, by=by, at=now, answered_at=now)
    emails.offer_accepted(locked, at=now)


@transaction.atomic
def decline_offer(offer: Offer, *, by: User) -> None:
    """Say no, without having to explain. A second click changes nothing."""
    locked = _locked(offer)
    if locked.status == OfferStatus.DECLINED:
        return
    now = _answerable_now(locked)
    move(locked, OfferStatus.DECLINED, by=by, at=now, answered_at=now)
    emails.offer_declined(locked, at=now)


def expire_offers(promotion: Promotion | None = None, *, at: datetime) -> int:
    """Close the offers left without an answer after their deadline, in one promotion or in all.

    Returns how many. The clock of the database (or of the rehearsal) decides, `at` only dates the journal.
    """
    waiting = Promotion.objects.filter(offers__status=OfferStatus.SENT).distinct().order_by("pk")
    if promotion is not None:
        waiting = waiting.filter(pk=promotion.pk)
    return sum(_expire_offers_of(one, at=one.rehearsal_clock or at) for one in waiting)


def _expire_offers_of(promotion: Promotion, *, at: datetime) -> int:
    late = Offer.objects.filter(
        promotion=promotion, status=OfferStatus.SENT, expires_at__lt=official_now(promotion)
    )
    expired = each_alone(
        "expire_offers",
        late.order_by("pk"),
        partial(_expire, at=at),
        deed="clore une proposition échue",
        at=at,
    )
    return sum(expired)


def _expire(late: Offer, *, at: datetime) -> int:
    """An answer under way holds its row: it is left to the next sweep."""
    offer = (
        Offer.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("promotion", "team__project__administration", "application__candidate", "trade")
        .filter(pk=late.pk, status=OfferStatus.SENT)
        .first()
    )
    if offer is None:
        return 0
    move(offer, OfferStatus.EXPIRED, by=None, at=at)
    emails.offer_expired(offer, at=at)
    return 1


@transaction.atomic
def cancel_offers(application: Application, *, by: User, at: datetime) -> int:
    """Take back the live offer of someone who withdraws; returns how many were (0 or 1).

    The application's row is locked first: a publication under way is seen.
    """
    lock(application)
    live = list(
        Offer.objects.select_for_update(of=("self",))
        .filter(application=application, status__in=LIVE)
        .order_by("pk")
    )
    move_all(live, OfferStatus.CANCELLED, by=by, at=at)
    return len(live)


@transaction.atomic
def offer_to_next(project: Project, *, by: User, at: datetime, expecting: str = "") -> Offer:
    """Offer a free seat to the first of the reserve who can take it.

    `expecting` is the application number that the page showed: if the order has changed since, or on a
    second click, nothing is sent. The team's row is locked: two clicks take two seats, never one twice.
    """
    team = Team.objects.select_for_update(of=("self",)).select_related("promotion").get(project=project)
    promotion = team.promotion
    now = official_now(promotion)
    if promotion.reserve_expires_at and now > promotion.reserve_expires_at:
        raise ReserveOver(
            f"La liste complémentaire a expiré le {dates.deadline(promotion.reserve_expires_at)}."
        )
    reserve = reserve_of(project)
    following = _following(reserve, expecting=expecting)
    application = next(row.application for row in reserve.waiting if row.is_next)
    wish = Choice.objects.filter(ranking__application=application, project=project).first()
    try:
        with transaction.atomic():
            offer = Offer.objects.create(
                promotion=promotion,
                team=team,
                application=application,
                trade=trade_of(promotion, following.trade),
                scenario=published_scenario(promotion),
                from_reserve=True,
                wish=wish.position if wish else None,
                status=OfferStatus.SENT,
                created_at=now,
                sent_at=now,
                expires_at=reserve_deadline(
                    now, days=promotion.acceptance_days, reserve_expires_at=promotion.reserve_expires_at
                ),
            )
    except IntegrityError:
        raise NobodyNext(
            "Cette personne vient de recevoir une autre proposition. Rechargez la page : l’ordre a changé."
        ) from None
    journal("send_offer", offer, by=by, at=now, from_reserve=True)
    post_all([emails.reserve_offer(offer)], at=now, promotion_id=promotion.pk)
    return offer


def _following(reserve: Reserve, *, expecting: str) -> Next:
    if not reserve.seats_left:
        raise NobodyNext("Toutes les places de ce projet sont proposées ou acceptées.")
    if reserve.next is None:
        raise NobodyNext("Personne en attente ne peut occuper la place libre.")
    if expecting and reserve.next.number != expecting:
        raise NobodyNext(
            "L’ordre a changé depuis l’affichage de la page. Rechargez-la avant de proposer la place."
        )
    return reserve.next
