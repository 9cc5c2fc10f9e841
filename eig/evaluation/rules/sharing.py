"""From readers to readings: who reads what, evenly, and mixed."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from hashlib import sha256
from heapq import heapify, heappop, heappush
from itertools import product
from typing import Any

from eig.evaluation.rules.marks import needs_third_reader

# Where a call has no trades, all its dossiers are of one.
EVERY_TRADE = frozenset({0})
NOBODY: Counter[int] = Counter()
# Each looks at the whole plan again: more than any call needs (tests/evaluation/test_rules.py).
MOST_EXCHANGES = 200


@dataclass(frozen=True, slots=True)
class ReaderLoad:
    """A reader: what they hold, what they may hold at most, the trades they read. No trade means all."""

    reader: int
    held: int
    cap: int
    trades: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Lacking:
    """A dossier under reading: how many readings it lacks, how many are signed, since when it waits.

    `readers` are those who read it already; one that is no longer open only says who read with whom.
    """

    dossier: int
    count: int
    since: datetime
    signed: int = 0
    trades: frozenset[int] = frozenset()
    readers: frozenset[int] = frozenset()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Distribution:
    """(dossier, reader) pairs to make, and how many readings nobody could take, by dossier.

    With the readings that exist: `companions`, reader → with how many others they read something; `apart`,
    trade → the smaller groups of its readers whom nothing compares to the largest.
    """

    pairs: tuple[tuple[int, int], ...]
    unmet: Mapping[int, int]
    companions: Mapping[int, int]
    apart: Mapping[int, Sequence[Collection[int]]]

    @property
    def digest(self) -> str:
        """A mark of the plan: what is applied is what was shown."""
        said = ";".join(f"{dossier}:{reader}" for dossier, reader in sorted(self.pairs))
        return sha256(said.encode()).hexdigest()[:32]

    @property
    def dossiers(self) -> list[int]:
        """Those that the plan is about, those that nobody can take first."""
        ids = {dossier for dossier, _ in self.pairs} | set(self.unmet)
        return sorted(ids, key=lambda pk: (-self.unmet.get(pk, 0), pk))

    @property
    def readers(self) -> Mapping[int, list[int]]:
        """Dossier → who would read it."""
        found: dict[int, list[int]] = {}
        for dossier, reader in self.pairs:
            found.setdefault(dossier, []).append(reader)
        return found


def readings_lacking(*, required: int, live: int, means: Sequence[Fraction], gap: int) -> int:
    """How many readers to add: up to the required number, and one more when two differ by the gap."""
    return max(required + needs_third_reader(means, gap=gap) - live, 0)


def _reads(reader: ReaderLoad, item: Lacking, barred: Collection[tuple[int, int]]) -> bool:
    if (item.dossier, reader.reader) in barred:
        return False
    return not reader.trades or bool(reader.trades & item.trades)


class Company:
    """Who reads with whom, and the circles that this makes within each trade.

    Two readers in one circle can be compared, by a dossier that both read or by a chain of them. Between
    closed couples nothing tells a severe reader from a weak dossier.
    """

    def __init__(self, rows: Iterable[Lacking], pairs: Iterable[tuple[int, int]] = ()) -> None:
        self.readers: dict[int, set[int]] = {}
        # Reader → each other → how many dossiers both read.
        self.met: dict[int, Counter[int]] = {}
        self._trades: dict[int, frozenset[int]] = {}
        # Of each (trade, reader), another of the same circle, on the way to the one that stands for it.
        self._towards: dict[tuple[int, int], tuple[int, int]] = {}
        for row in rows:
            self._trades[row.dossier] = row.trades or EVERY_TRADE
            for reader in sorted(row.readers):
                self.join(reader, row.dossier)
        for dossier, reader in pairs:
            self.join(reader, dossier)

    def join(self, reader: int, dossier: int) -> None:
        """This person reads this dossier too."""
        others = self.readers.setdefault(dossier, set())
        mine = self.met.setdefault(reader, Counter())
        for other in others:
            mine[other] += 1
            self.met[other][reader] += 1
            for trade in self._trades[dossier]:
                self._towards[self._circle(trade, other)] = self._circle(trade, reader)
        others.add(reader)

    def familiarity(self, dossier: int) -> Callable[[int], tuple[int, int, int, int]]:
        """Of who could read it: in how many of its trades they are in the circle of its readers, how often
        they met those, how many others they read with; then a number: nothing is left to chance."""
        others, trades = self.readers.get(dossier, ()), self._trades[dossier]
        circles = [(trade, {self._circle(trade, other) for other in others}) for trade in trades if others]

        def known(reader: int) -> tuple[int, int, int, int]:
            met = self.met.get(reader, NOBODY)
            same = sum({self._circle(trade, reader)} == circle for trade, circle in circles)
            return (same, sum(met[other] for other in others), len(met), reader)

        return known

    def circles(self) -> dict[int, list[set[int]]]:
        """Trade → its groups of readers that nothing compares to each other, the largest first."""
        found: dict[int, dict[tuple[int, int], set[int]]] = {}
        for dossier, readers in self.readers.items():
            for trade in self._trades[dossier]:
                mine = found.setdefault(trade, {})
                for reader in readers:
                    mine.setdefault(self._circle(trade, reader), set()).add(reader)
        return {
            trade: sorted(mine.values(), key=lambda circle: (-len(circle), min(circle)))
            for trade, mine in sorted(found.items())
        }

    def _circle(self, trade: int, reader: int) -> tuple[int, int]:
        at = (trade, reader)
        while (towards := self._towards.setdefault(at, at)) != at:
            self._towards[at] = self._towards[towards]
            at = towards
        return at


def distribution(
    lacking: Iterable[Lacking], readers: Iterable[ReaderLoad], *, barred: Collection[tuple[int, int]]
) -> Distribution:
    """Give each dossier the readings it lacks, evenly, within each reader's cap and trades, and mixed.

    `barred` holds the (dossier, reader) pairs that must not be made: recusals, ties, one's own dossier,
    readings that exist. The dossier with the least choice left is served first; each takes the least loaded
    reader, and of those who met its other readers least. Same input, same output, whatever its order.
    """
    rows, lacking = list(readers), sorted(lacking, key=lambda item: item.dossier)
    company = Company(lacking)
    room = {row.reader: row.cap - row.held for row in rows}
    held = {row.reader: row.held for row in rows}
    wanted: dict[int, int] = {}
    able: dict[int, set[int]] = {}
    for item in lacking:
        if item.count > 0:
            wanted[item.dossier] = item.count
            able[item.dossier] = {
                row.reader for row in rows if room[row.reader] > 0 and _reads(row, item, barred)
            }
    # Serving a dossier leaves its slack as it was: only a reader who fills up changes the others'.
    queue = [(len(able[dossier]) - count, dossier) for dossier, count in wanted.items()]
    heapify(queue)
    pairs: list[tuple[int, int]] = []
    while queue:
        slack, dossier = heappop(queue)
        if not wanted[dossier] or not able[dossier] or slack != len(able[dossier]) - wanted[dossier]:
            continue
        least = min(held[one] for one in able[dossier])
        known = company.familiarity(dossier)
        reader = min((one for one in able[dossier] if held[one] == least), key=known)
        company.join(reader, dossier)
        pairs.append((dossier, reader))
        able[dossier].discard(reader)
        wanted[dossier] -= 1
        held[reader] += 1
        room[reader] -= 1
        heappush(queue, (slack, dossier))
        if room[reader] == 0:
            for other, choice in able.items():
                if reader in choice:
                    choice.discard(reader)
                    heappush(queue, (len(choice) - wanted[other], other))
    pairs = _joined(pairs, lacking, {row.reader: row for row in rows}, barred)
    company = Company(lacking, pairs)
    return Distribution(
        tuple(pairs),
        {dossier: count for dossier, count in wanted.items() if count},
        companions={reader: len(others) for reader, others in company.met.items()},
        apart={trade: groups[1:] for trade, groups in company.circles().items() if len(groups) > 1},
    )


def _joined(
    pairs: list[tuple[int, int]],
    rows: Sequence[Lacking],
    readers: Mapping[int, ReaderLoad],
    barred: Collection[tuple[int, int]],
) -> list[tuple[int, int]]:
    """Where a trade keeps circles apart, two readers exchange dossiers if that joins some: loads stay."""
    items, tries = {row.dossier: row for row in rows}, MOST_EXCHANGES
    circles = Company(rows, pairs).circles()
    exchanges = _exchanges(pairs, items, circles)
    while tries and (places := next(exchanges, None)):
        (one, hers), (other, his) = (pairs[place] for place in places)
        swapped = [(one, his), (other, hers)]
        may = (_reads(readers[who], items[dossier], barred) for dossier, who in swapped)
        if {*swapped} & {*pairs} or not all(may):
            continue
        tries -= 1
        tried = [*pairs]
        for place, pair in zip(places, swapped, strict=True):
            tried[place] = pair
        found = Company(rows, tried).circles()
        if _count(found) < _count(circles):
            pairs, circles = tried, found
            exchanges = _exchanges(pairs, items, circles)
    return pairs


def _count(circles: Mapping[int, Sequence[Collection[int]]]) -> int:
    return sum(map(len, circles.values()))


def _exchanges(
    pairs: Sequence[tuple[int, int]], items: Mapping[int, Lacking], circles: Mapping[int, Sequence[set[int]]]
) -> Iterator[tuple[int, int]]:
    """Places of two pairs of a trade in circles apart, the smallest circle first."""
    for trade, groups in circles.items():
        at = [place for place, (it, _) in enumerate(pairs) if trade in (items[it].trades or EVERY_TRADE)]
        for group in groups[:0:-1]:
            inside = [place for place in at if pairs[place][1] in group]
            yield from product(inside, (place for place in at if pairs[place][1] not in group))


def next_in_queue(
    lacking: Iterable[Lacking], *, reader: ReaderLoad, barred: Collection[tuple[int, int]]
) -> int | None:
    """The dossier a reader is handed next: the one that lacks readings most, then the least signed.

    Then the one whose readers they met least, then the first handed in. None when nothing is left for them.
    """
    rows = list(lacking)
    mine = [item for item in rows if item.count > 0 and _reads(reader, item, barred)]
    company = Company(rows)

    def turn(item: Lacking) -> tuple[Any, ...]:
        known = company.familiarity(item.dossier)(reader.reader)
        return (-item.count, item.signed, known, item.since, item.dossier)

    first = min(mine, key=turn, default=None)
    return first.dossier if first else None
