"""Panels: a room and hours, jurors around the table, slots."""

from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q

from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus
from eig.journal.actions import record as journal
from eig.juries import actions as juries
from eig.juries.actions import stand_as_judge
from eig.juries.choices import Duty
from eig.juries.kinds import Table, Verbs
from eig.juries.queries import is_untold
from eig.meetings.rules import slot_times
from matching.interviews import emails
from matching.interviews.actions.card import MOST_JURORS, audition_grid, give_cards, take_back_cards
from matching.interviews.actions.juror import settle_duty
from matching.interviews.actions.lock import hold_jurors_of, hold_open_panels, hold_people
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Juror, Panel, PanelSeat, Scorecard, Slot


class StillInUse(Exception):
    """The panel or the juror holds auditions that must be moved first, or has heard somebody."""


TABLE = Table(
    name="Jury des auditions",
    page="interviews:jury_day",
    panels=Panel,
    seats=PanelSeat,
    panel="panel",
    refusals={
        "a_room_holds_one_panel_at_a_time": "Un autre jury siège déjà dans cette salle à ces heures.",
        "a_juror_sits_on_one_panel_at_a_time": "{juror} siège déjà dans un autre jury à ces heures.",
        "a_juror_sits_once_on_a_panel": "{juror} siège déjà dans ce jury.",
        "a_candidate_is_heard_once_at_a_time": "Une personne que ce jury entend l’est ailleurs à ces heures.",
    },
    verbs=Verbs("create_panel", "change_panel", "seat_juror", "unseat_juror"),
    most=MOST_JURORS,
)
create_panel = partial(juries.create_panel, TABLE)


@transaction.atomic
def change_panel(
    panel: Panel, *, starts: datetime, ends: datetime, by: User, at: datetime, **place: str
) -> None:
    """Move a panel to another room or other hours, with its auditions; whoever was told is told again.

    `place` is its name, room and link. Free slots that no longer fit are removed.
    Raises BadHours, Clash; StillInUse once it heard somebody.
    """
    held = hold_open_panels([panel.pk])[panel.pk]
    hold_jurors_of([held.pk])
    was = held.during.lower
    if (starts, ends) != (held.during.lower, held.during.upper):
        _refuse_begun(held)
        late = ends - (starts - held.during.lower)
        Slot.objects.filter(panel=held, audition__isnull=True, during__endswith__gt=late).delete()
    slots = list(Slot.objects.filter(panel=held).order_by("pk"))
    try:
        with transaction.atomic():
            juries.change_panel(TABLE, held, starts=starts, ends=ends, timed=slots, by=by, at=at, **place)
            # Away from the others first: somebody may be heard twice in a row.
            for slot in sorted(slots, key=lambda slot: slot.during.lower, reverse=starts > was):
                Audition.objects.filter(slot=slot).update(during=slot.during)
    except IntegrityError as error:
        raise juries.Clash(juries.refusal(error, TABLE.refusals)) from error
    _tell_again(held, at=at)
    panel.refresh_from_db()


def _refuse_begun(panel: Panel) -> None:
    begun = Q(passage__began_at__isnull=False) | ~Q(status=AuditionStatus.PLACED)
    signed = Q(scorecards__sheet__status=SheetStatus.SIGNED)
    if Audition.objects.filter(begun | signed, slot__panel=panel).exists():
        raise StillInUse("Ce jury a déjà entendu quelqu’un : ses horaires ne changent plus.")


def _tell_again(panel: Panel, *, at: datetime) -> None:
    """Candidates their new time or place, jurors theirs."""
    told = (
        Audition.objects.select_for_update(of=("self",))
        .filter(slot__panel=panel, status=AuditionStatus.PLACED, told_at__isnull=False)
        .select_related("application__candidate", "project", "slot__panel")
        .order_by("pk")
    )
    for audition in told:
        if is_untold(audition, panel):
            juries.announce(audition, panel, at=at)
            emails.audition_moved(audition, at=at)
    seats = PanelSeat.objects.filter(panel=panel, told_at__isnull=False)
    juries.tell_jurors(TABLE, panel.promotion, seats=seats, at=at)


@transaction.atomic
def remove_panel(panel: Panel, *, by: User, at: datetime) -> None:
    """Remove a panel that holds no audition; jurors who were told of it are told so. Raises StillInUse."""
    hold_open_panels([panel.pk])
    if Audition.objects.filter(slot__panel=panel).exists():
        raise StillInUse("Ce jury a des auditions : déplacez-les avant de le supprimer.")
    for seat in panel.seats.select_related("juror__person", "panel__promotion").order_by("pk"):
        unseat_juror(panel, juror=seat.juror, by=by, at=at)
    journal("remove_panel", panel, by=by, at=at)
    panel.delete()


@transaction.atomic
def seat_juror(panel: Panel, *, juror: Juror, by: User, at: datetime, referent: bool = False) -> PanelSeat:
    """Seat a juror; they receive a card for each audition still to come, unless they stepped aside.

    Raises NotSeated, IsCandidate.
    """
    held = hold_open_panels([panel.pk])[panel.pk]
    stand_as_judge(juror.promotion, person=juror.person, duty=Duty.AUDITION, at=at)
    hold_people([juror.person_id])
    seat = juries.seat_juror(TABLE, held, juror=juror, referent=referent, by=by, at=at)
    for audition in Audition.objects.filter(slot__panel=held, status=AuditionStatus.PLACED).order_by("pk"):
        give_cards(audition, [juror], grid=audition_grid(held.promotion_id), at=at)
    return seat


@transaction.atomic
def unseat_juror(panel: Panel, *, juror: Juror, by: User, at: datetime, tell: bool = True) -> None:
    """Free a seat; blank cards are taken back, and whoever was told they sit there is told they do not.

    Raises StillInUse when the juror has signed a card here.
    """
    hold_open_panels([panel.pk])
    hold_people([juror.person_id])
    if Scorecard.objects.filter(
        juror=juror, audition__slot__panel=panel, sheet__status=SheetStatus.SIGNED
    ).exists():
        raise StillInUse(f"{juror} a déjà signé une fiche dans ce jury.")
    others = set(
        PanelSeat.objects.filter(panel=panel).exclude(juror=juror).values_list("juror_id", flat=True)
    )
    for audition in Audition.objects.filter(slot__panel=panel, scorecards__juror=juror).order_by("pk"):
        take_back_cards(audition, keep=others, by=by, at=at)
    rows = PanelSeat.objects.select_related("panel__promotion", "juror__person")
    seat = rows.filter(panel=panel, juror=juror).first()
    if seat is not None:
        juries.unseat_juror(TABLE, seat, by=by, at=at, tell=tell)
        settle_duty(juror, at=at)


@transaction.atomic
def move_juror(seat: PanelSeat, *, to: Panel, by: User, at: datetime) -> PanelSeat:
    """From one panel to another, or neither. Raises NotSeated, StillInUse."""
    hold_open_panels([seat.panel_id, to.pk])
    unseat_juror(seat.panel, juror=seat.juror, by=by, at=at)
    return seat_juror(to, juror=seat.juror, by=by, at=at)


@transaction.atomic
def name_referent(panel: Panel, *, juror: Juror, by: User, at: datetime) -> None:
    """The juror who keeps the time and writes the minutes; the former one gives way. Raises NotSeated."""
    held = hold_open_panels([panel.pk])[panel.pk]
    juries.name_referent(TABLE, held, juror=juror, by=by, at=at)


@transaction.atomic
def create_slots(panel: Panel, *, minutes: int, by: User, at: datetime, pause: int = 0) -> list[Slot]:
    """Cut the hours of the panel into slots. Raises BadHours when they exist already or do not fit."""
    held = hold_open_panels([panel.pk])[panel.pk]
    if Slot.objects.filter(panel=held).exists():
        raise juries.BadHours("Les créneaux de ce jury existent déjà : retirez d’abord ceux qui sont libres.")
    times = slot_times(held.during.lower, held.during.upper, minutes=minutes, pause=pause)
    if not times:
        raise juries.BadHours("Aucun créneau de cette durée ne tient dans les horaires du jury.")
    slots = Slot.objects.bulk_create(
        [Slot(panel=held, during=DateTimeTZRange(starts, ends)) for starts, ends in times]
    )
    journal("create_slots", held, by=by, at=at, slots=len(slots), minutes=minutes, pause=pause)
    return slots


@transaction.atomic
def clear_slots(panel: Panel, *, by: User, at: datetime) -> int:
    """Remove the slots that hold no audition; returns how many."""
    hold_open_panels([panel.pk])
    removed: int = Slot.objects.filter(panel=panel, audition__isnull=True).delete()[0]
    if removed:
        journal("clear_slots", panel, by=by, at=at, slots=removed)
    return removed
