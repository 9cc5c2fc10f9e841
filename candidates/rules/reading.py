"""Who reads which application: evenly, within each reader's cap and trades, never across a recusal."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eig.evaluation.rules import needs_third_reader


@dataclass(frozen=True, slots=True)
class ReaderLoad:
    """A reader before a distribution. No trade means all of them."""

    reader: int
    held: int
    cap: int
    trades: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Distribution:
    """(application, reader) pairs to make, and how many readings nobody could take, by application."""

    pairs: tuple[tuple[int, int], ...]
    unmet: Mapping[int, int]


def readings_lacking(*, required: int, live: int, means: Sequence[Fraction], gap: int) -> int:
    """How many readers to add: up to the required number, and one more when two differ by the gap."""
    wanted = required + (1 if needs_third_reader(means, gap=gap) else 0)
    return max(wanted - live, 0)


def distribution(
    wanted: Mapping[int, int],
    *,
    trades: Mapping[int, frozenset[int]],
    loads: Sequence[ReaderLoad],
    barred: Collection[tuple[int, int]],
) -> Distribution:
    """Give each application the readings it lacks: the rarest trades first, each to the least loaded reader.

    `trades` maps an application to its trades; `barred` holds the pairs that must not be made (recusals,
    existing readings). A reader whose trades do not meet the application's is never chosen. Same input,
    same output.
    """
    room = {load.reader: load.cap - load.held for load in loads}
    held = {load.reader: load.held for load in loads}
    skills = {load.reader: load.trades for load in loads}
    forbidden = set(barred)

    def able(application: int) -> list[int]:
        asked = trades.get(application, frozenset())
        return [
            reader
            for reader in sorted(room)
            if (not skills[reader] or skills[reader] & asked) and (application, reader) not in forbidden
        ]

    pairs: list[tuple[int, int]] = []
    unmet: dict[int, int] = {}
    order = sorted((item for item in wanted if wanted[item] > 0), key=lambda item: (len(able(item)), item))
    for application in order:
        candidates = sorted(able(application), key=lambda reader: (held[reader], reader))
        chosen = [reader for reader in candidates if room[reader] > 0][: wanted[application]]
        for reader in chosen:
            pairs.append((application, reader))
            held[reader] += 1
            room[reader] -= 1
        if len(chosen) < wanted[application]:
            unmet[application] = wanted[application] - len(chosen)
    return Distribution(tuple(pairs), unmet)


def anchor_nearest(anchors: Mapping[str, str], mean: Fraction) -> str:
    """The grid's sentence for the mark nearest to a mean; of two as near, the lower one."""
    marks = sorted(int(mark) for mark in anchors)
    if not marks:
        return ""
    return anchors[str(min(marks, key=lambda mark: (abs(mean - mark), mark)))]
