"""Give auditions their slots, by hand or all at once; take them out, exchange two."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from eig.accounts.models import User
from eig.evaluation.models import Grid
from eig.juries.actions import announce
from eig.lifecycle import broken, move
from eig.promotions.models import Promotion
from matching.interviews import emails
from matching.interviews.actions.card import audition_grid, give_cards, take_back_cards
from matching.interviews.actions.lock import (
    hold_audition,
    hold_in_place,
    hold_jurors_of,
    hold_open_panels,
    hold_panels,
    mirror,
)
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Juror, Panel, PanelSeat, Slot
from matching.interviews.queries import placement_problem
from matching.interviews.rules import first_fit


class SlotTaken(Exception):
    """The slot holds another audition."""


class CandidateBusy(Exception):
    """The candidate is heard elsewhere at this time."""


class NotPlaced(Exception):
    """Two auditions change places when both have one."""


class NoJury(Exception):
    """Nobody is left on the panel to hear this candidate."""


@transaction.atomic
def place_audition(audition: Audition, *, slot: Slot, by: User, at: datetime) -> None:
    """Place an audition in a slot, or move it there; each juror of the panel receives a card.

    A juror who stepped aside receives none. A candidate who knew of a time is told the new one. Raises
    SlotTaken, CandidateBusy, NoJury, JurorInConflict, IllegalMove.
    """
    held, panels = hold_in_place(audition, slot)
    if held.slot_id != slot.pk or held.status != AuditionStatus.PLACED:
        _place(
            held, slot=slot, panel=panels[slot.panel_id], grid=audition_grid(held.promotion_id), by=by, at=at
        )
    mirror(audition, held)


@transaction.atomic
def swap_auditions(first: Audition, second: Audition, *, into: UUID, by: User, at: datetime) -> None:
    """Each takes the slot of the other, both or none; whoever knew of a time is told the new one.

    `into` is the code of the slot where `second` was seen: asked twice, it is done once.
    Raises NotPlaced, CandidateBusy, NoJury, JurorInConflict, IllegalMove.
    """
    both = sorted({first.pk, second.pk})
    panels = set(Slot.objects.filter(audition__in=both).values_list("panel_id", flat=True))
    held_panels = hold_open_panels(panels)
    hold_jurors_of(panels)
    one, other = (hold_audition(pk) for pk in (both * 2)[:2])
    if one.pk == other.pk or one.slot is None or other.slot is None:
        raise NotPlaced("Deux auditions s’échangent quand chacune a un créneau.")
    if {one.status, other.status} != {AuditionStatus.PLACED}:
        raise NotPlaced("Seules des auditions à venir s’échangent.")
    seen = {held.pk: held.slot.code for held in (one, other) if held.slot}
    if seen[first.pk] == into:
        return
    if seen[second.pk] != into:
        raise NotPlaced("L’emploi du temps a changé entre-temps : rechargez la page, puis recommencez.")
    grid = audition_grid(one.promotion_id)
    turns = ((one, other.slot), (other, one.slot))
    for held, slot in turns:
        _leave(held, for_panel=held_panels[slot.panel_id], by=by, at=at)
    for held, slot in turns:
        _place(held, slot=slot, panel=held_panels[slot.panel_id], grid=grid, by=by, at=at)
    found = {held.pk: held for held, _ in turns}
    mirror(first, found[first.pk])
    mirror(second, found[second.pk])


def _jurors(panel: Panel) -> list[Juror]:
    seats = PanelSeat.objects.filter(panel=panel).select_related("juror__person")
    return [seat.juror for seat in seats.order_by("juror__person_id")]


def _leave(held: Audition, *, for_panel: Panel, by: User, at: datetime) -> None:
    """Out of its slot, with the cards of those who will hear it all the same."""
    take_back_cards(held, keep=[juror.pk for juror in _jurors(for_panel)], by=by, at=at)
    move(held, AuditionStatus.PLANNED, by=by, at=at, slot=None, during=None)


def _place(held: Audition, *, slot: Slot, panel: Panel, grid: Grid, by: User, at: datetime) -> None:
    """A candidate who knew of a time is told the new one: it is the one their calendar must hold."""
    jurors = _jurors(panel)
    if held.status != AuditionStatus.PLANNED:
        _leave(held, for_panel=panel, by=by, at=at)
    try:
        with transaction.atomic():
            move(held, AuditionStatus.PLACED, by=by, at=at, slot=slot, during=slot.during)
    except IntegrityError as error:
        if broken(error) == "a_candidate_is_heard_once_at_a_time":
            raise CandidateBusy(
                f"{held.application.candidate} est déjà en audition à cette heure."
            ) from error
        if broken(error) == "interviews_audition_slot_id_key":
            raise SlotTaken("Ce créneau vient d’être pris. Choisissez-en un autre.") from error
        raise
    held.slot = slot
    slot.panel = panel
    if held.told_at:
        announce(held, panel, at=at)
        emails.audition_moved(held, at=at)
    if not give_cards(held, jurors, grid=grid, at=at):
        raise NoJury("Aucun membre de ce jury ne peut entendre cette personne : jury vide ou déports.")


@transaction.atomic
def unplace_audition(audition: Audition, *, by: User, at: datetime) -> None:
    """Take an audition out of the timetable, or give an absent person another chance."""
    held, _ = hold_in_place(audition)
    take_back_cards(held, by=by, at=at)
    sequence = held.sequence + 1 if held.told_at else held.sequence
    move(held, AuditionStatus.PLANNED, by=by, at=at, slot=None, during=None, sequence=sequence)
    if held.told_at:
        emails.audition_moved(held, at=at)
    mirror(audition, held)


@transaction.atomic
def place_all(promotion: Promotion, *, by: User, at: datetime) -> int:
    """Place every planned audition that has a slot somewhere, first fit; returns how many were placed.

    A panel where someone stepped aside from a candidate, shows a sign of a link with them, or is tied to the
    project, is avoided.
    """
    panels = hold_panels(Panel.objects.filter(promotion=promotion).values_list("pk", flat=True))
    hold_jurors_of(panels)
    problem = placement_problem(promotion)
    found = first_fit(
        problem.auditions,
        problem.slots,
        busy=problem.busy,
        barred=problem.barred,
        homes=problem.homes,
        apart=problem.apart,
    )
    slots = Slot.objects.in_bulk(found.values())
    return place_found(found, slots=slots, panels=panels, grid=audition_grid(promotion.pk), by=by, at=at)


def place_found(
    found: Mapping[int, int],
    *,
    slots: Mapping[int, Slot],
    panels: Mapping[int, Panel],
    grid: Grid,
    by: User,
    at: datetime,
) -> int:
    placed = 0
    for audition_id, slot_id in sorted(found.items()):
        held = hold_audition(audition_id)
        slot = slots[slot_id]
        if held.status != AuditionStatus.PLANNED:
            continue
        _place(held, slot=slot, panel=panels[slot.panel_id], grid=grid, by=by, at=at)
        placed += 1
    return placed
