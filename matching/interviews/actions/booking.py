"""The candidate's part in the timetable: choose a time, move it once, in good time.

Two people may want the same slot: the slot's own constraint decides, the second is told and chooses again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import F

from eig.accounts.models import User
from eig.french import dates
from eig.journal.actions import record as journal
from eig.journal.changes import changes, facts
from eig.juries.actions import announce
from eig.mail.needs import NEEDS
from eig.mail.outbox import post_all
from eig.promotions.gate import official_now
from eig.promotions.models import Promotion
from matching.interviews import emails
from matching.interviews.actions.lock import hold_in_place, mirror
from matching.interviews.actions.slot import SlotTaken, place_audition
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Booking, Slot
from matching.interviews.queries.booking import (
    auditions_to_choose,
    auditions_to_remind,
    compatible_slots,
    freedom_of,
)


class NotYours(Exception):
    """The candidate may not choose or move this time (any more); the sentence says why."""


@transaction.atomic
def invite_to_choose(promotion: Promotion, *, until: datetime, by: User, at: datetime) -> int:
    """Let the candidates whose audition has no time choose one until an instant; returns how many people.

    Each is told once for each deadline. Those who do not choose are placed by the team.
    """
    auditions = list(auditions_to_choose(promotion))
    if not auditions:
        return 0
    if until <= at:
        raise NotYours(f"Le choix doit rester ouvert : {dates.deadline(until)} est déjà passé.")
    Booking.objects.bulk_create(
        [Booking(audition=audition, choose_until=until) for audition in auditions],
        update_conflicts=True,
        unique_fields=["audition"],
        update_fields=["choose_until"],
    )
    people = [list(group) for _, group in groupby(auditions, key=lambda item: item.application_id)]
    emails.choice_opened(people, until=until, promotion=promotion, at=at)
    journal("invite_to_choose", promotion, by=by, at=at, promotion_id=promotion.pk, auditions=len(auditions))
    return len(people)


@transaction.atomic
def choose_slot(audition: Audition, *, slot: Slot, by: User) -> None:
    """Take a compatible slot, for an audition that has no time yet. Raises NotYours, SlotTaken."""
    held, booking, now = _held(audition, slot)
    if held.slot_id == slot.pk:
        return
    if not freedom_of(held, booking, now=now).chooses:
        raise NotYours(
            freedom_of(held, booking, now=now).obstacle or "Cet horaire n’est pas à choisir par vous."
        )
    _take(held, slot=slot, by=by, now=now)
    Booking.objects.filter(audition=held).update(chosen_at=now)
    mirror(audition, held)


@transaction.atomic
def move_own_audition(audition: Audition, *, slot: Slot, by: User) -> None:
    """Move one's audition to another compatible slot: as often and as late as the promotion allows.

    Raises NotYours, SlotTaken.
    """
    held, booking, now = _held(audition, slot)
    if held.slot_id == slot.pk:
        return
    freedom = freedom_of(held, booking, now=now)
    if not freedom.moves:
        raise NotYours(freedom.obstacle or "Cette audition n’a pas d’horaire à déplacer.")
    was = facts(held)
    _take(held, slot=slot, by=by, now=now)
    if booking is None:
        Booking.objects.create(audition=held, moves=1, moved_at=now)
    else:
        Booking.objects.filter(pk=booking.pk).update(moves=F("moves") + 1, moved_at=now)
    journal("move_own_audition", held, by=by, at=now, changed=changes(was, held))
    mirror(audition, held)


def _held(audition: Audition, slot: Slot) -> tuple[Audition, Booking | None, datetime]:
    """Panels, jurors, then the audition, locked in the order of the house; the official instant after."""
    held, _ = hold_in_place(audition, slot)
    booking = Booking.objects.select_for_update().filter(audition=held).first()
    return held, booking, official_now(held.promotion_id)


def _take(held: Audition, *, slot: Slot, by: User, now: datetime) -> None:
    if slot.pk not in {fit.pk for fit in compatible_slots(held, now=now)}:
        raise SlotTaken("Cet horaire n’est plus libre, ou ne vous convient plus. Choisissez-en un autre.")
    place_audition(held, slot=slot, by=by, at=now)
    if held.told_at is None:
        announce(held, slot.panel, at=now)
        emails.auditions_placed([[held]], promotion=held.promotion, at=now)


def remind_auditions(promotion: Promotion, *, now: datetime, hours: Sequence[int]) -> int:
    """Remind each candidate of an audition to come, once for each rule (hours before)."""
    if not hours:
        return 0
    coming = auditions_to_remind(promotion, now=now, until=now + timedelta(hours=max(hours)))
    return post_all(
        emails.audition_reminders(coming, now=now, hours=hours), at=now, promotion_id=promotion.pk
    )


def _is_due(key: Sequence[str]) -> bool:
    """audition-reminder:<pk>:<start>:<hours>"""
    rows = Audition.objects.filter(pk=key[1], status=AuditionStatus.PLACED).values_list("during", flat=True)
    return any(during and f"{during.lower:%Y%m%d%H%M}" == key[2] for during in rows)


NEEDS["interviews/audition_reminder"] = _is_due
