"""Join the talent pool, leave it, let a consent end, tell its members of a call."""

from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.timezone import localtime

from candidates import emails
from candidates.models import Application, PoolMember
from candidates.queries import application_trades_shown
from candidates.queries.pool import pool_of
from eig.accounts.models import User
from eig.failures.actions import each_alone
from eig.journal.actions import record as journal
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Promotion
from eig.promotions.queries import phase_of

# CNIL: a pool of candidates is kept two years at most without a new contact.
MOST_DAYS = 730


class ConsentMissing(Exception):
    """Nobody enters the pool without having said so, for a time that has an end."""


class CallNotOpen(Exception):
    """The pool is told of a call when there is one to answer."""


@transaction.atomic
def join_pool(application: Application, *, until: date, consents: bool, by: User, at: datetime) -> PoolMember:
    """The candidate asks to hear of the next calls, until a day of their choice. Raises ConsentMissing."""
    today = localtime(at).date()
    if not consents or by.pk != application.candidate_id:
        raise ConsentMissing("Cochez la case : sans votre accord, vous n’entrez pas dans le vivier.")
    if not today < until <= today + timedelta(days=MOST_DAYS):
        raise ConsentMissing("Choisissez une date de fin, dans les deux ans qui viennent.")
    member, _ = PoolMember.objects.update_or_create(
        programme_id=application.promotion.programme_id,
        person=by,
        defaults={
            "application": application,
            "trades": application_trades_shown(application),
            "expertise": str(application.answers.get("expertise") or "")[:200],
            "experience_years": application.experience_years,
            "joined_at": at,
            "expires_on": until,
        },
    )
    journal("join_pool", member, by=by, at=at, promotion_id=application.promotion_id, until=until.isoformat())
    emails.pool_joined(member, promotion=application.promotion, at=at)
    return member


@transaction.atomic
def leave_pool(member: PoolMember, *, by: User, at: datetime) -> None:
    """Take the consent back, at any time: nothing of it remains but the fact in the journal."""
    locked = PoolMember.objects.select_for_update().filter(pk=member.pk).first()
    if locked is not None:
        journal("leave_pool", locked, by=by, at=at)
        locked.delete()


def expire_pool(*, at: datetime) -> int:
    """Delete the memberships whose day is over; returns how many."""
    over = PoolMember.objects.filter(expires_on__lt=localtime(at).date()).order_by("pk")
    ended = each_alone("end_consents", over, partial(_expire, at=at), deed="clore un accord du vivier", at=at)
    return sum(ended)


def _expire(over: PoolMember, *, at: datetime) -> int:
    """Not the one prolonged meanwhile."""
    today = localtime(at).date()
    member = PoolMember.objects.select_for_update().filter(pk=over.pk, expires_on__lt=today).first()
    if member is None:
        return 0
    journal("expire_from_pool", member, by=None, at=at)
    member.delete()
    return 1


@transaction.atomic
def tell_pool(promotion: Promotion, *, by: User, at: datetime) -> int:
    """Write to the pool that a call is open; once for each member and each call. Raises CallNotOpen."""
    phase = phase_of(promotion, PhaseKind.APPLICATIONS)
    if phase is None or not phase.is_open(at):
        raise CallNotOpen("L’appel à candidatures de cette promotion n’est pas ouvert.")
    members = list(
        pool_of(promotion.programme, on=localtime(at).date()).exclude(
            person__applications__promotion=promotion
        )
    )
    emails.pool_told(members, promotion=promotion, phase=phase, at=at)
    journal("tell_pool", promotion, by=by, at=at, promotion_id=promotion.pk, members=len(members))
    return len(members)
