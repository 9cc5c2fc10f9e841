"""Register for a webinar and leave it; the waiting list moves up by itself."""

from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.lifecycle import lock, move
from eig.meetings import emails
from eig.meetings.choices import RegistrationStatus, WebinarStatus
from eig.meetings.models import Registration, Webinar
from eig.meetings.queries import seats_taken
from eig.meetings.queries.webinar import waiting_list
from eig.meetings.rules import seats_to_give
from eig.promotions.gate import official_now


class WebinarOver(Exception):
    """The webinar is over, or cancelled."""


def locked_webinar(webinar: Webinar) -> Webinar:
    """Everything that gives or frees a seat waits here, one at a time."""
    return lock(webinar, "promotion")


@transaction.atomic
def register_for_webinar(
    webinar: Webinar, *, name: str, email: str, by: User | None, organisation: str = ""
) -> Registration:
    """Give a seat, or a place in the waiting list when it is full; the mail says which. Raises WebinarOver.

    An address registers once: asked again, the same registration is confirmed again.
    """
    locked = locked_webinar(webinar)
    now = official_now(locked.promotion_id)
    if locked.status == WebinarStatus.CANCELLED:
        raise WebinarOver("Ce webinaire est annulé.")
    if now >= locked.ends_at:
        raise WebinarOver("Ce webinaire est terminé.")
    address = email.strip().lower()
    known = locked.registrations.filter(email=address).exclude(status=RegistrationStatus.CANCELLED).first()
    if known is None:
        is_full = seats_taken(locked) >= locked.capacity
        known = Registration.objects.create(
            webinar=locked,
            name=name,
            email=address,
            organisation=organisation,
            person=by,
            status=RegistrationStatus.WAITING if is_full else RegistrationStatus.REGISTERED,
            registered_at=now,
            seated_at=None if is_full else now,
        )
        journal("register_for_webinar", locked, by=by, at=now)
    known.webinar = locked
    if known.status == RegistrationStatus.WAITING:
        emails.webinar_waiting(known, at=now)
    else:
        emails.webinar_registered(known, at=now)
    return known


@transaction.atomic
def leave_webinar(registration: Registration, *, by: User | None, at: datetime) -> None:
    """Free the seat, or the place in the waiting list; said twice, it is done once."""
    webinar = locked_webinar(registration.webinar)
    registration.refresh_from_db(fields=["status", "seated_at"])
    registration.webinar = webinar
    if registration.status == RegistrationStatus.CANCELLED:
        return
    had_a_seat = registration.status == RegistrationStatus.REGISTERED
    move(registration, RegistrationStatus.CANCELLED, by=by, at=at)
    emails.webinar_left(registration, had_a_seat=had_a_seat, at=at)
    seat_the_waiting(webinar, at=at)


def seat_the_waiting(webinar: Webinar, *, at: datetime) -> int:
    """Give the free seats of a locked webinar to the first who wait; returns how many."""
    if webinar.status != WebinarStatus.PLANNED or at >= webinar.ends_at:
        return 0
    waiting = list(waiting_list(webinar))
    lucky = waiting[: seats_to_give(webinar.capacity, seats_taken(webinar), len(waiting))]
    for registration in lucky:
        move(registration, RegistrationStatus.REGISTERED, by=None, at=at, seated_at=at)
        registration.webinar = webinar
        emails.webinar_seat_freed(registration, at=at)
    return len(lucky)
