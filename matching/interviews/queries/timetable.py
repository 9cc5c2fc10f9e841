"""The week board: half-days, rooms side by side, times down the side."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils.timezone import localtime

from eig.french import dates
from eig.juries.queries import around_the_table
from eig.juries.rules import part_of_day
from eig.promotions.models import Promotion
from matching.interviews.models import Audition, Panel, PanelSeat, Slot
from matching.interviews.rules.fault import Fault


@dataclass(frozen=True, slots=True)
class Cell:
    slot: Slot | None
    audition: Audition | None
    faulty: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A room over a half-day: its panel, who sits."""

    panel: Panel
    seats: tuple[PanelSeat, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    starts: datetime
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A half-day."""

    label: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class BoardDay:
    date: date
    blocks: tuple[Block, ...]
    placed: int
    free: int


def week_board(promotion: Promotion, *, faults: list[Fault], day: date | None = None) -> list[BoardDay]:
    """Every day, or one; a fault shows on its panel or its audition."""
    seats = around_the_table(PanelSeat.objects.all())
    slots = Slot.objects.select_related("audition__application__candidate", "audition__project").order_by(
        "during", "pk"
    )
    panels = (
        Panel.objects.filter(promotion=promotion)
        .prefetch_related(Prefetch("seats", queryset=seats), Prefetch("slots", queryset=slots))
        .order_by("during", "room", "pk")
    )
    days: dict[date, dict[tuple[datetime, datetime], list[Panel]]] = defaultdict(lambda: defaultdict(list))
    for panel in panels:
        when = localtime(panel.during.lower).date()
        if day is None or when == day:
            days[when][panel.during.lower, panel.during.upper].append(panel)
    return [_day(when, blocks, faults) for when, blocks in sorted(days.items())]


def _day(when: date, blocks: dict[tuple[datetime, datetime], list[Panel]], faults: list[Fault]) -> BoardDay:
    cells = [slot for several in blocks.values() for panel in several for slot in panel.slots.all()]
    placed = sum(_audition(slot) is not None for slot in cells)
    return BoardDay(
        when,
        tuple(_block(times, several, faults) for times, several in sorted(blocks.items())),
        placed,
        len(cells) - placed,
    )


def _audition(slot: Slot) -> Audition | None:
    return getattr(slot, "audition", None)


def _block(times: tuple[datetime, datetime], panels: list[Panel], faults: list[Fault]) -> Block:
    faulty = {fault.audition for fault in faults if fault.audition and fault.blocks}
    by_start: dict[datetime, dict[int, Slot]] = defaultdict(dict)
    for panel in panels:
        for slot in panel.slots.all():
            by_start[slot.during.lower][panel.pk] = slot
    starts, ends = (localtime(moment) for moment in times)
    part = part_of_day(starts).capitalize()
    return Block(
        f"{part}, {dates.hours(starts, ends)}",
        tuple(
            Head(
                panel,
                tuple(panel.seats.all()),
                tuple(fault.sentence for fault in faults if fault.panel == panel.pk),
            )
            for panel in panels
        ),
        tuple(
            Line(moment, tuple(_cell(slots.get(panel.pk), faulty) for panel in panels))
            for moment, slots in sorted(by_start.items())
        ),
    )


def _cell(slot: Slot | None, faulty: set[int]) -> Cell:
    if slot is None:
        return Cell(None, None)
    audition = _audition(slot)
    return Cell(slot, audition, faulty=audition is not None and audition.pk in faulty)
