"""The day of a jury on the clock: the steps of each hearing, the half-day it is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

NOON = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a hearing, on the clock."""

    words: str
    minutes: int
    starts: datetime
    ends: datetime


def steps_from(begins: datetime, steps: Sequence[Sequence[str | int]]) -> tuple[Step, ...]:
    """The steps one after the other: `steps` are [words, minutes]."""
    found, starts = [], begins
    for words, minutes in steps:
        ends = starts + timedelta(minutes=int(minutes))
        found.append(Step(str(words), int(minutes), starts, ends))
        starts = ends
    return tuple(found)


def part_of_day(starts: datetime) -> str:
    """Where a half-day is in its day; `starts` is local."""
    return "matin" if starts.hour < NOON else "après-midi"
