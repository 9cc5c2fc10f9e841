"""Ask for a deed, confirm it as another person, or give it up."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from eig.accounts.models import User
from eig.accounts.queries import accounts_of
from eig.journal.actions import record as journal
from eig.lifecycle import IllegalMove, lock, move
from eig.orders import emails
from eig.orders.choices import OrderStatus
from eig.orders.kinds import Given, OrderKind, kinds
from eig.orders.models import Order
from eig.orders.queries import others_than
from eig.promotions.models import Promotion

# What was agreed to a week ago is read again.
VALID = timedelta(days=7)


class NeedsAnother(Exception):
    """Nobody else is there to confirm, or the one who confirms is the one who asks."""


class AlreadyAsked(Exception):
    """The same deed waits for somebody already."""


class OrderOver(Exception):
    """Nobody confirmed it in time."""


@transaction.atomic
def ask_order(
    promotion: Promotion, *, kind: OrderKind, title: str, given: Given, reason: str, by: User, at: datetime
) -> Order:
    """Ask for a deed that another person does. Raises NeedsAnother, AlreadyAsked."""
    people = list(others_than(by))
    if not people:
        raise NeedsAnother(
            "Personne d’autre n’est dans l’équipe programme : invitez une seconde personne, qui confirmera."
        )
    waiting = Order.objects.select_for_update().filter(promotion=promotion, kind=kind.code)
    for former in waiting.filter(status=OrderStatus.ASKED, expires_at__lte=at).order_by("pk"):
        move(former, OrderStatus.EXPIRED, by=None, at=at, ended_at=at)
    try:
        with transaction.atomic():
            order = Order.objects.create(
                promotion=promotion,
                kind=kind.code,
                title=title,
                given=dict(given),
                reason=reason,
                asked_at=at,
                asked_by=by,
                expires_at=at + VALID,
            )
    except IntegrityError as error:
        raise AlreadyAsked("Ce geste attend déjà une confirmation.") from error
    journal("ask_order", order, by=by, at=at, kind=kind.code, given=dict(given))
    emails.order_asked(order, people, at=at)
    return order


@transaction.atomic
def confirm_order(order: Order, *, by: User, at: datetime) -> str:
    """Do what somebody else asked for; says what was done.

    Raises NeedsAnother, OrderOver, IllegalMove, and whatever the deed refuses.
    """
    locked = lock(order, "promotion", "asked_by")
    if locked.asked_by_id in accounts_of(by):
        raise NeedsAnother("Une autre personne que celle qui demande ce geste le confirme.")
    if locked.status == OrderStatus.ASKED and at >= locked.expires_at:
        raise OrderOver("Cette demande a expiré : elle est à faire de nouveau.")
    move(locked, OrderStatus.DONE, by=by, at=at, ended_at=at, ended_by=by)
    done = kinds()[locked.kind].run(locked.promotion, locked.given, reason=locked.reason, by=by, at=at)
    emails.order_ended(locked, at=at)
    return done


@transaction.atomic
def refuse_order(order: Order, *, by: User, at: datetime) -> None:
    """Give it up: anybody of the team, whoever asked too. Raises IllegalMove."""
    locked = lock(order, "promotion", "asked_by")
    move(locked, OrderStatus.REFUSED, by=by, at=at, ended_at=at, ended_by=by)
    if by != locked.asked_by:
        emails.order_ended(locked, at=at)


REFUSALS = (NeedsAnother, AlreadyAsked, OrderOver, IllegalMove)
