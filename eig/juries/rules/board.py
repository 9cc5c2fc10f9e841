"""Juries side by side: days, half-days, a column per jury, hours down the side. Plain values in and out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from eig.french import dates
from eig.juries.rules.day import part_of_day

H = TypeVar("H")
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Column(Generic[H, C]):
    """A jury: its hours, what is said of it above, what it hears at each hour."""

    starts: datetime
    ends: datetime
    head: H
    cells: Mapping[datetime, C]


@dataclass(frozen=True, slots=True)
class Block(Generic[H, C]):
    """Juries of the same hours; a line has a cell per jury, empty where it hears nothing."""

    label: str
    heads: tuple[H, ...]
    lines: tuple[tuple[datetime, tuple[C | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class BoardDay(Generic[H, C]):
    date: date
    blocks: tuple[Block[H, C], ...]


def board(columns: Iterable[Column[H, C]]) -> list[BoardDay[H, C]]:
    """Days and half-days in the order of the clock; juries of the same hours stay in theirs."""
    half_days: dict[tuple[datetime, datetime], list[Column[H, C]]] = defaultdict(list)
    for column in columns:
        half_days[column.starts, column.ends].append(column)
    days: dict[date, list[Block[H, C]]] = defaultdict(list)
    for starts, ends in sorted(half_days):
        days[dates.in_paris(starts).date()].append(_block(starts, ends, half_days[starts, ends]))
    return [BoardDay(day, tuple(blocks)) for day, blocks in days.items()]


def _block(starts: datetime, ends: datetime, columns: Iterable[Column[H, C]]) -> Block[H, C]:
    columns = list(columns)
    hours = sorted({hour for column in columns for hour in column.cells})
    return Block(
        f"{part_of_day(dates.in_paris(starts)).capitalize()}, {dates.hours(starts, ends)}",
        tuple(column.head for column in columns),
        tuple((hour, tuple(column.cells.get(hour) for column in columns)) for hour in hours),
    )
