"""Open advice slots, book one, move it, cancel it. The database refuses the second booking of a slot."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from psycopg.errors import ExclusionViolation

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.lifecycle import IllegalMove, broken, lock, move
from eig.meetings import emails
from eig.meetings.choices import BookingStatus, SlotStatus
from eig.meetings.models import AdviceBooking, AdviceSlot
from eig.meetings.rules import is_bookable
from eig.meetings.rules.times import Interval
from eig.promotions.gate import official_now
from eig.promotions.models import Promotion

TAKEN = "Ce créneau vient d’être pris. Choisissez-en un autre : la liste est à jour."


class SlotTaken(Exception):
    """Somebody else has this slot, or the team closed it."""


class AlreadyBooked(Exception):
    """The person, or the project, has an appointment ahead."""


class TooLate(Exception):
    """The slot begins too soon, or has begun."""


@transaction.atomic
def open_slots(
    promotion: Promotion, *, adviser: User, times: Sequence[Interval], by: User, at: datetime, link: str = ""
) -> tuple[int, int]:
    """Open the slots of a half-day; returns how many were added, and how many were there or in the way."""
    added = 0
    for starts, ends in times:
        try:
            with transaction.atomic():
                AdviceSlot.objects.create(
                    promotion=promotion, adviser=adviser, during=(starts, ends), link=link
                )
        except IntegrityError as error:
            if not isinstance(error.__cause__, ExclusionViolation):
                raise
        else:
            added += 1
    if added:
        journal("open_slots", promotion, by=by, at=at, promotion_id=promotion.pk, count=added)
    return added, len(times) - added


def _locked_slots(*pks: int) -> dict[int, AdviceSlot]:
    """Slots first, in order, bookings after: everybody locks in this order."""
    rows = AdviceSlot.objects.select_for_update(of=("self",)).filter(pk__in=pks)
    return {slot.pk: slot for slot in rows.select_related("adviser", "promotion").order_by("pk")}


def _refuse_unless_free(slot: AdviceSlot, *, now: datetime) -> None:
    if slot.status != SlotStatus.OPEN:
        raise SlotTaken(TAKEN)
    if not is_bookable(slot.during.lower, now=now):
        raise TooLate("Ce créneau commence dans moins d’une heure : choisissez-en un plus tard.")
    if slot.bookings.exclude(status=BookingStatus.CANCELLED).exists():
        raise SlotTaken(TAKEN)


def _refused(error: IntegrityError) -> Exception:
    """The sentence of the wall that was met."""
    wall = broken(error)
    if wall == "one_booking_per_slot":
        return SlotTaken(TAKEN)
    if wall == "one_advice_booking_per_address":
        return AlreadyBooked(
            "Un rendez-vous est déjà pris avec cette adresse. Pour changer d’heure, déplacez-le depuis le "
            "message de confirmation."
        )
    if wall == "one_advice_booking_per_project":
        return AlreadyBooked("Un rendez-vous est déjà pris pour ce projet, par vous ou par un collègue.")
    return error


@transaction.atomic
def book_advice(
    slot: AdviceSlot,
    *,
    name: str,
    email: str,
    organisation: str,
    by: User | None,
    subject: str = "",
    project: UUID | None = None,
) -> AdviceBooking:
    """Take a slot. Raises SlotTaken, AlreadyBooked, TooLate."""
    locked = _locked_slots(slot.pk)[slot.pk]
    now = official_now(locked.promotion_id)
    _refuse_unless_free(locked, now=now)
    try:
        with transaction.atomic():
            booking = AdviceBooking.objects.create(
                promotion=locked.promotion,
                slot=locked,
                person=by,
                name=name,
                email=email.strip().lower(),
                organisation=organisation,
                subject=subject,
                project_code=project,
                booked_at=now,
            )
    except IntegrityError as error:
        raise _refused(error) from error
    journal("book_advice", booking, by=by, at=now)
    emails.advice_booked(booking, at=now)
    return booking


def _locked_booking(booking: AdviceBooking, *slots: int) -> AdviceBooking:
    now_at = AdviceBooking.objects.values_list("slot_id", flat=True).get(pk=booking.pk)
    locked = _locked_slots(now_at, *slots)
    row = lock(booking)
    if row.slot_id not in locked:
        raise IllegalMove
    row.slot = locked[row.slot_id]
    row.promotion = row.slot.promotion
    return row


@transaction.atomic
def move_booking(booking: AdviceBooking, *, slot: AdviceSlot, by: User | None) -> AdviceBooking:
    """Take another slot instead, in one step: the former one is kept if the new one is gone.

    The calendar event keeps its UID. Raises SlotTaken, TooLate, IllegalMove.
    """
    row = _locked_booking(booking, slot.pk)
    target = AdviceSlot.objects.select_related("adviser", "promotion").get(pk=slot.pk)
    now = official_now(row.promotion_id)
    if row.status != BookingStatus.BOOKED or target.promotion_id != row.promotion_id:
        raise IllegalMove
    if row.slot.during.lower <= now:
        raise TooLate("Ce rendez-vous a commencé : il ne peut plus être déplacé.")
    if target.pk == row.slot_id:
        return row
    _refuse_unless_free(target, now=now)
    try:
        with transaction.atomic():
            AdviceBooking.objects.filter(pk=row.pk).update(slot=target, sequence=row.sequence + 1)
    except IntegrityError as error:
        raise _refused(error) from error
    former, row.slot, row.sequence = row.slot, target, row.sequence + 1
    journal("move_booking", row, by=by, at=now, before=former.during.lower.isoformat())
    emails.advice_moved(row, at=now)
    return row


@transaction.atomic
def cancel_booking(booking: AdviceBooking, *, by: User | None, at: datetime, reason: str = "") -> None:
    """Free the slot; both are told. Said twice, it is done once. Raises IllegalMove."""
    row = _locked_booking(booking)
    if row.status == BookingStatus.CANCELLED:
        return
    move(row, BookingStatus.CANCELLED, by=by, at=at, cancellation=reason, sequence=row.sequence + 1)
    emails.advice_cancelled(row, at=at)


@transaction.atomic
def close_slot(slot: AdviceSlot, *, by: User, at: datetime, reason: str = "") -> None:
    """Offer the slot no more; who had booked it is told why."""
    locked = _locked_slots(slot.pk)[slot.pk]
    if locked.status == SlotStatus.CLOSED:
        return
    booking = locked.bookings.filter(status=BookingStatus.BOOKED).first()
    if booking is not None:
        cancel_booking(booking, by=by, at=at, reason=reason or "Ce créneau est supprimé par l’équipe.")
    move(locked, SlotStatus.CLOSED, by=by, at=at)


@transaction.atomic
def note_booking(booking: AdviceBooking, *, notes: str, by: User, at: datetime) -> None:
    """Keep what was said, for the team."""
    AdviceBooking.objects.filter(pk=booking.pk).update(notes=notes)
    journal("note_booking", booking, by=by, at=at)


@transaction.atomic
def close_booking(booking: AdviceBooking, *, held: bool, by: User, at: datetime) -> None:
    """Say whether the person came. Raises IllegalMove, TooLate."""
    row = _locked_booking(booking)
    if row.slot.during.lower > official_now(row.promotion_id):
        raise TooLate("Ce rendez-vous n’a pas encore eu lieu.")
    status = BookingStatus.HELD if held else BookingStatus.MISSED
    if row.status != status:
        move(row, status, by=by, at=at)
