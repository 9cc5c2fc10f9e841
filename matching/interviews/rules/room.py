"""The room on the day: the steps of an audition on the clock, and where a candidate is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an audition, on the clock."""

    words: str
    minutes: int
    starts: datetime
    ends: datetime


def steps_from(began_at: datetime, steps: Sequence[Sequence[str | int]]) -> tuple[Step, ...]:
    """The steps one after the other: `steps` are [words, minutes]."""
    found, starts = [], began_at
    for words, minutes in steps:
        ends = starts + timedelta(minutes=int(minutes))
        found.append(Step(str(words), int(minutes), starts, ends))
        starts = ends
    return tuple(found)


def step_at(steps: Sequence[Step], now: datetime) -> Step | None:
    """The step under way; none before the first and after the last."""
    return next((step for step in steps if step.starts <= now < step.ends), None)


def minutes_behind(planned: datetime, began: datetime) -> int:
    """How late an audition began, in whole minutes; 0 when it was early."""
    return max(0, int((began - planned).total_seconds() // 60))
