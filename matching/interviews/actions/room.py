"""The room on the day: who is there, when an audition begins and ends, another time in two clicks."""

from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.juries.actions import refuse_early
from eig.lifecycle import move
from matching.interviews.actions.lock import MinutesWritten, hold_audition, hold_open_panels, hold_panels
from matching.interviews.actions.slot import place_audition
from matching.interviews.choices import AuditionStatus, Presence
from matching.interviews.models import Audition, Minutes, Passage, Slot

MISSED = frozenset({Presence.ABSENT, Presence.EXCUSED})


class RoomBusy(Exception):
    """Another audition of this panel is under way."""


class NotInTheRoom(Exception):
    """The audition is not placed: there is nobody to wait for."""


def _hold(audition: Audition) -> tuple[Audition, Passage]:
    """Lock the panel, then the audition, then its passage. Raises NotInTheRoom, MinutesWritten."""
    place = Slot.objects.filter(audition=audition).values_list("panel_id", flat=True).first()
    if place is None:
        raise NotInTheRoom("Cette audition n’a pas de créneau.")
    hold_open_panels([place])
    held = hold_audition(audition.pk)
    if held.slot is None or held.slot.panel_id != place:
        raise NotInTheRoom("Cette audition vient de changer de créneau. Rechargez la page.")
    passage, _ = Passage.objects.select_for_update().get_or_create(audition=held)
    return held, passage


@transaction.atomic
def note_presence(audition: Audition, *, status: str, by: User, at: datetime) -> Passage:
    """Present, late, absent, excused. Who is missing is no longer awaited: another time can be given.

    Raises NotInTheRoom, MinutesWritten, TooEarly, IllegalMove.
    """
    held, passage = _hold(audition)
    if passage.status == status:
        return passage
    if status == Presence.ABSENT:
        refuse_early(held.during, at=at)
    changes: dict[str, object] = {}
    if status == Presence.PRESENT:
        changes["arrived_at"] = at
    if status in {Presence.EXPECTED, Presence.LATE}:
        changes |= {"arrived_at": None, "began_at": None}
    move(passage, status, by=by, at=at, **changes)
    if status in MISSED:
        move(held, AuditionStatus.ABSENT, by=by, at=at)
        audition.status = held.status
    return passage


@transaction.atomic
def begin_passage(audition: Audition, *, by: User, at: datetime, by_phone: bool = False) -> Passage:
    """The candidate is in: the timer starts. One audition at a time in a room.

    Raises NotInTheRoom, MinutesWritten, RoomBusy, IllegalMove.
    """
    held, passage = _hold(audition)
    if passage.began_at is not None:
        return passage
    running = Passage.objects.filter(began_at__isnull=False, ended_at__isnull=True).exclude(pk=passage.pk)
    if held.slot is not None and running.filter(audition__slot__panel=held.slot.panel_id).exists():
        raise RoomBusy("Une audition est en cours dans cette salle : terminez-la d’abord.")
    if held.status != AuditionStatus.PLACED:
        raise NotInTheRoom("Cette audition n’est plus attendue.")
    if passage.status != Presence.PRESENT:
        move(passage, Presence.PRESENT, by=by, at=at, arrived_at=at)
    Passage.objects.filter(pk=passage.pk).update(began_at=at, by_phone=by_phone)
    passage.began_at, passage.by_phone = at, by_phone
    journal("begin_passage", held, by=by, at=at, by_phone=by_phone)
    return passage


@transaction.atomic
def end_passage(audition: Audition, *, by: User, at: datetime) -> Passage:
    """The candidate has left: the audition was heard. Raises NotInTheRoom, MinutesWritten, IllegalMove."""
    held, passage = _hold(audition)
    if passage.began_at is None:
        raise NotInTheRoom("Cette audition n’a pas commencé.")
    if passage.ended_at is not None:
        return passage
    move(passage, Presence.HEARD, by=by, at=at, ended_at=max(at, passage.began_at))
    # The first juror who signs says it too: whichever comes first.
    if held.status == AuditionStatus.PLACED:
        move(held, AuditionStatus.HEARD, by=by, at=at, heard_at=at)
    audition.status = held.status
    return passage


@transaction.atomic
def go_by_phone(audition: Audition, *, by: User, at: datetime, incident: str = "") -> Passage:
    """The line or the screen fails: the audition goes on by telephone."""
    held, passage = _hold(audition)
    Passage.objects.filter(pk=passage.pk).update(by_phone=True, incident=incident or passage.incident)
    passage.by_phone, passage.incident = True, incident or passage.incident
    journal("go_by_phone", held, by=by, at=at)
    return passage


@transaction.atomic
def reschedule(audition: Audition, *, slot: Slot, by: User, at: datetime) -> None:
    """Another time, for a person who was late, missing, or cut off: the panel of that time hears them.

    The candidate is told at once. Raises what `place_audition` raises, NotInTheRoom, MinutesWritten.
    """
    places = set(Slot.objects.filter(audition=audition).values_list("panel_id", flat=True)) | {slot.panel_id}
    hold_panels(places)
    if Minutes.objects.filter(panel_id__in=places).exists():
        raise MinutesWritten(
            "Le procès-verbal de ce jury est établi : choisissez un créneau d’un autre jury."
        )
    held = hold_audition(audition.pk)
    if held.status == AuditionStatus.HEARD:
        raise NotInTheRoom("Cette personne a été entendue : son audition ne se déplace plus.")
    passage = Passage.objects.select_for_update().filter(audition=held).first()
    if passage is not None and passage.status != Presence.EXPECTED:
        move(passage, Presence.EXPECTED, by=by, at=at, arrived_at=None, began_at=None, ended_at=None)
    place_audition(audition, slot=slot, by=by, at=at)
