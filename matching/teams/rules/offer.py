"""Deadlines of offers, seats left, and who comes next in a project's reserve."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from eig.promotions.rules import end_of_day


def reserve_deadline(sent_at: datetime, *, days: int, reserve_expires_at: datetime | None) -> datetime:
    """The end of the last day to answer (règlement EIG6, art. 5.7: fifteen), cut at the end of the reserve.

    The reserve must not be over: see `ReserveOver`.
    """
    usual = end_of_day(sent_at, days=days)
    return usual if reserve_expires_at is None else min(usual, reserve_expires_at)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Someone heard for the project, without a place, who has not said no."""

    number: str
    trades: tuple[str, ...]
    """In the person's order of preference."""
    score: int
    drawn: int
    """Position in the draw, from 0."""


@dataclass(frozen=True, slots=True)
class Next:
    number: str
    trade: str


def free_places(seats: Mapping[str, int], *, taken: Iterable[str]) -> dict[str, int]:
    """Seats left by trade, once those of live offers are taken; trades without one are left out."""
    used = Counter(taken)
    left = {trade: count - used[trade] for trade, count in seats.items()}
    return {trade: count for trade, count in left.items() if count > 0}


def turn(one: Waiting) -> tuple[int, int, str]:
    """The order of the reserve (règlement EIG6, art. 5.7): higher score, then earlier draw."""
    return (-one.score, one.drawn, one.number)


def next_in_reserve(waiting: Collection[Waiting], *, free: Mapping[str, int]) -> Next | None:
    """The best placed who can take a free seat in one of their trades: higher score, then earlier draw.

    Seats already offered keep their trade: nobody's role is changed without being asked.
    """
    for one in sorted(waiting, key=turn):
        for trade in one.trades:
            if free.get(trade, 0) > 0:
                return Next(one.number, trade)
    return None
