"""Hold a webinar, change it, cancel it; whoever is registered is told."""

from collections.abc import Collection
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.journal.changes import changes, facts
from eig.lifecycle import move
from eig.meetings import emails
from eig.meetings.actions.registration import locked_webinar, seat_the_waiting
from eig.meetings.choices import RegistrationStatus, WebinarStatus
from eig.meetings.models import Registration, Webinar
from eig.meetings.queries import seats_taken
from eig.promotions.models import Promotion, Trade

# A change of these moves the event in people's calendars, and is written to them.
TOLD = ("title", "starts_at", "ends_at", "link")


class Said(TypedDict):
    """What a webinar says of itself."""

    audience: str
    title: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    description: NotRequired[str]
    link: NotRequired[str]


class TooFewSeats(Exception):
    """More people have a seat than the capacity asked."""


@transaction.atomic
def hold_webinar(
    promotion: Promotion, *, by: User, at: datetime, trades: Collection[Trade] = (), **said: Unpack[Said]
) -> Webinar:
    """Announce a webinar: registration is open at once."""
    webinar = Webinar.objects.create(promotion=promotion, created_at=at, created_by=by, **said)
    webinar.trades.set(trades)
    journal("hold_webinar", webinar, by=by, at=at)
    return webinar


@transaction.atomic
def change_webinar(
    webinar: Webinar, *, by: User, at: datetime, trades: Collection[Trade] = (), **said: Unpack[Said]
) -> int:
    """Change a webinar; returns how many people are told. More seats are given at once to those who wait.

    Raises TooFewSeats.
    """
    locked = locked_webinar(webinar)
    taken = seats_taken(locked)
    if said["capacity"] < taken:
        raise TooFewSeats(
            f"{taken} personnes ont déjà une place : la capacité ne peut pas descendre en dessous."
        )
    after = {"description": "", "link": "", **said}
    is_told = any(getattr(locked, name) != after[name] for name in TOLD)
    was = facts(locked)
    words = [name for name, value in after.items() if name not in was and getattr(locked, name) != value]
    Webinar.objects.filter(pk=locked.pk).update(**after, sequence=locked.sequence + is_told)
    locked.refresh_from_db()
    locked.trades.set(trades)
    journal("change_webinar", locked, by=by, at=at, changed=changes(was, locked), words=words)
    told = emails.webinar_changed(locked, _live(locked), at=at) if is_told else 0
    seat_the_waiting(locked, at=at)
    return told


@transaction.atomic
def cancel_webinar(webinar: Webinar, *, reason: str, by: User, at: datetime) -> int:
    """Call a webinar off; returns how many people are told. Raises IllegalMove."""
    locked = locked_webinar(webinar)
    live = _live(locked)
    move(locked, WebinarStatus.CANCELLED, by=by, at=at, cancellation=reason, sequence=locked.sequence + 1)
    return emails.webinar_cancelled(locked, live, at=at)


def _live(webinar: Webinar) -> list[Registration]:
    return list(
        webinar.registrations.exclude(status=RegistrationStatus.CANCELLED).order_by("registered_at", "pk")
    )
