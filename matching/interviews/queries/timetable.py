"""The week board: half-days, rooms side by side, times down the side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from eig.juries.queries import around_the_table
from eig.juries.rules import Block, Column, board
from eig.promotions.models import Promotion
from matching.interviews.models import Audition, Panel, PanelSeat, Slot
from matching.interviews.rules.fault import Fault


@dataclass(frozen=True, slots=True)
class Cell:
    """A slot, and who is heard there."""

    slot: Slot
    audition: Audition | None
    faulty: bool


@dataclass(frozen=True, slots=True)
class Head:
    """A room over a half-day: its panel, who sits."""

    panel: Panel
    seats: tuple[PanelSeat, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekDay:
    date: date
    blocks: tuple[Block[Head, Cell], ...]
    placed: int
    slots: int


def panels_of_week(promotion: Promotion) -> QuerySet[Panel]:
    """With who sits, and their slots."""
    seats = around_the_table(PanelSeat.objects.all())
    slots = Slot.objects.select_related("audition__application__candidate", "audition__project").order_by(
        "during", "pk"
    )
    return (
        Panel.objects.filter(promotion=promotion)
        .prefetch_related(Prefetch("seats", queryset=seats), Prefetch("slots", queryset=slots))
        .order_by("during", "room", "pk")
    )


def audition_in(slot: Slot) -> Audition | None:
    return getattr(slot, "audition", None)


def week_board(promotion: Promotion, *, faults: Sequence[Fault]) -> list[WeekDay]:
    """Every day; a fault shows on its panel or its audition."""
    faulty = {fault.audition for fault in faults if fault.audition and fault.blocks}
    found = []
    for day in board(_column(panel, faults, faulty) for panel in panels_of_week(promotion)):
        cells = [cell for block in day.blocks for _, line in block.lines for cell in line if cell]
        placed = sum(cell.audition is not None for cell in cells)
        found.append(WeekDay(day.date, day.blocks, placed, len(cells)))
    return found


def _column(panel: Panel, faults: Sequence[Fault], faulty: set[int]) -> Column[Head, Cell]:
    said = tuple(fault.sentence for fault in faults if fault.panel == panel.pk)
    cells = {slot.during.lower: _cell(slot, faulty) for slot in panel.slots.all()}
    head = Head(panel, tuple(panel.seats.all()), said)
    return Column(panel.during.lower, panel.during.upper, head, cells)


def _cell(slot: Slot, faulty: set[int]) -> Cell:
    audition = audition_in(slot)
    return Cell(slot, audition, faulty=audition is not None and audition.pk in faulty)
