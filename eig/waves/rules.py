"""When a wave may be published, and who comes next in the reserve."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from eig.evaluation.rules import CONVINCED, LACKED

# The time to fill the form in.
GRACE = timedelta(minutes=5)


def hour_refused(hour: datetime, *, now: datetime) -> str:
    """Why a wave cannot be published at `hour`; nothing when it can."""
    if hour < now - GRACE:
        return "Cette heure est passée : choisissez un moment à venir."
    return ""


def rank_after(ranks: Iterable[int | None]) -> int:
    """The rank that follows those given."""
    return max((rank for rank in ranks if rank), default=0) + 1


def cut(above: Collection[int], below: Collection[int]) -> int:
    """The mark that parts two groups with the fewest on the wrong side: under it above, from it on below.

    Of several such marks, the highest.
    """
    ups, downs = sorted(above), sorted(below)
    marks = {*ups, *downs, max([*ups, *downs], default=0) + 1}

    def wrong(mark: int) -> int:
        return bisect_left(ups, mark) + len(downs) - bisect_left(downs, mark)

    return min(marks, key=lambda mark: (wrong(mark), -mark))


def misplaced(levels: Sequence[Mapping[int, int]]) -> tuple[set[int], set[int]]:
    """Of records (id → mark) by outcome, the best first: those too low for theirs, those too high."""
    low: set[int] = set()
    high: set[int] = set()
    for rank in range(1, len(levels)):
        above = {pk: mark for level in levels[:rank] for pk, mark in level.items()}
        below = {pk: mark for level in levels[rank:] for pk, mark in level.items()}
        if above and below:
            limit = cut(above.values(), below.values())
            low |= {pk for pk, mark in above.items() if mark < limit}
            high |= {pk for pk, mark in below.items() if mark >= limit}
    return low, high


def is_contrary(reason: str, *, is_best: bool, is_worst: bool) -> bool:
    """A good news that says only what lacked, a refusal that says only what convinced."""
    if is_best:
        return LACKED in reason
    return is_worst and CONVINCED in reason and LACKED not in reason
