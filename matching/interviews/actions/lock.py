"""Rows held while the timetable changes, always in the same order: panels, people, auditions, sheets.

Placing an audition and seating a juror wait for one another on the panel; signing, placing and stepping
aside wait on the person (design rule J1). Whoever follows the order never deadlocks.
"""

from collections.abc import Iterable

from eig.accounts.models import User
from eig.lifecycle import IllegalMove
from matching.interviews.models import Audition, Minutes, Panel, PanelSeat, Slot


class MinutesWritten(IllegalMove):
    """The panel has its minutes: what they speak of no longer changes."""


def hold_panels(panel_ids: Iterable[int]) -> dict[int, Panel]:
    panels = Panel.objects.select_for_update(no_key=True).filter(pk__in=set(panel_ids)).order_by("pk")
    return {panel.pk: panel for panel in panels}


def hold_open_panels(panel_ids: Iterable[int]) -> dict[int, Panel]:
    """Lock panels whose composition or places are to change. Raises MinutesWritten once they are settled."""
    panels = hold_panels(panel_ids)
    if Minutes.objects.filter(panel__in=list(panels)).exists():
        raise MinutesWritten("Le procès-verbal de ce jury est établi : plus rien n’y change.")
    return panels


def hold_people(person_ids: Iterable[int]) -> None:
    list(
        User.objects.select_for_update()
        .filter(pk__in=set(person_ids))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def hold_jurors_of(panel_ids: Iterable[int]) -> None:
    """Lock everyone seated on these panels; call once the panels themselves are held."""
    hold_people(PanelSeat.objects.filter(panel__in=set(panel_ids)).values_list("juror__person_id", flat=True))


def hold_audition(audition_id: int) -> Audition:
    return (
        Audition.objects.select_for_update(of=("self",))
        .select_related("application__candidate", "project", "slot__panel", "promotion")
        .get(pk=audition_id)
    )


def hold_in_place(
    audition: Audition, *slots: Slot, settled: bool = False
) -> tuple[Audition, dict[int, Panel]]:
    """Lock the panel of an audition and those of `slots`, who sits there, then the audition.

    Raises MinutesWritten, unless `settled` panels may lose it.
    """
    places = Slot.objects.filter(audition=audition).values_list("panel_id", flat=True)
    panels = {slot.panel_id for slot in slots} | set(places)
    held = hold_panels(panels) if settled else hold_open_panels(panels)
    hold_jurors_of(panels)
    return hold_audition(audition.pk), held


def mirror(audition: Audition, held: Audition) -> None:
    """The caller's object follows the row."""
    told = ("sequence", "told_at", "announced_during", "announced_place")
    for field in ("status", "slot", "during", *told):
        setattr(audition, field, getattr(held, field))
