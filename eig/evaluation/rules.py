"""From marks to scores, from readers to readings. Exact numbers only: ties must be ties."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from hashlib import sha256
from heapq import heapify, heappop, heappush

# Divisible by every panel size from 1 to 6: sums of panels of different sizes compare exactly.
COMMON_MULTIPLE = 60
# The two halves of a reason, as it is told.
LACKED, CONVINCED = "Ce qui a manqué", "Ce qui a convaincu"


@dataclass(frozen=True, slots=True)
class Content:
    """All that is written on a sheet; marks with their appreciations, by the criterion's key."""

    marks: Mapping[int, tuple[int, str]]
    comment: str
    verdict: str
    favourite: bool

    @property
    def fingerprint(self) -> str:
        """What a page says it saw of the sheet: the same for the same content, whatever the clock."""
        told = repr((sorted(self.marks.items()), self.comment, self.verdict, self.favourite))
        return sha256(told.encode()).hexdigest()[:16]

    def holds(self, other: "Content") -> bool:
        """Whether nothing of the other is lost if this replaces it: the same, or more."""
        blank = (None, "")
        marks = all(
            self.marks.get(key, blank)[0] == value and self.marks.get(key, blank)[1].startswith(text)
            for key, (value, text) in other.marks.items()
        )
        opinion = other.verdict in {"", self.verdict} and self.favourite >= other.favourite
        return marks and opinion and self.comment.startswith(other.comment)


def weighted_total(marks: Mapping[str, int], weights: Mapping[str, int]) -> int:
    """Sum of weight × mark; every criterion of the grid must be marked."""
    return sum(weight * marks[code] for code, weight in weights.items())


def unmarked(marks: Mapping[str, int], weights: Mapping[str, int]) -> list[str]:
    """Codes of the criteria that still need a mark, in the grid's order."""
    return [code for code in weights if code not in marks]


def out_of_scale(marks: Mapping[str, int], *, low: int, high: int) -> list[str]:
    return [code for code, value in marks.items() if not low <= value <= high]


def scaled_score(totals: Sequence[int]) -> int:
    """One integer from several evaluators' totals: each counts for one, whatever their number.

    Exact for one to six evaluators; beyond (a calibration that counts), rounded down to a sixtieth.
    """
    if not totals:
        raise ValueError("a score needs a total")
    return sum(totals) * COMMON_MULTIPLE // len(totals)


def mean_mark(totals: Sequence[int], *, weight: int) -> Fraction:
    """The mean mark on the grid's scale; `weight` is the sum of the criteria's weights."""
    return Fraction(sum(totals), len(totals) * weight)


def shown(mean: Fraction) -> Decimal:
    """For display only: two decimals, half up."""
    return (Decimal(mean.numerator) / Decimal(mean.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def shown_total(total: int | None, *, weight: int) -> Decimal:
    """The total of one sheet as a mean on the grid's scale: « 3,67 »."""
    return shown(mean_mark([total or 0], weight=weight))


def shown_score(score: int | None, *, weight: int) -> Decimal | None:
    """The score of a dossier as a mean on the grid's scale; None before the first signature."""
    return None if score is None else shown_total(score, weight=COMMON_MULTIPLE * weight)


def spread(means: Sequence[Fraction]) -> Fraction:
    """Gap between the most generous and the most severe evaluator; 0 with fewer than two."""
    return max(means) - min(means) if len(means) > 1 else Fraction()


def needs_third_reader(means: Sequence[Fraction], *, gap: int) -> bool:
    """Two readers who differ by the gap or more call for a third (règlement EIG6, présélection)."""
    return len(means) == 2 and spread(means) >= gap


def needs_comment(total: int, *, weight: int, below: int | None) -> bool:
    """A severe sheet is explained: its mean mark is under the grid's floor, when there is one."""
    return below is not None and mean_mark([total], weight=weight) < below


def _nearest(marks: Collection[int], mean: Fraction) -> int:
    """Of two as near, the lower one."""
    return min(marks, key=lambda mark: (abs(mean - mark), mark))


def anchor_nearest(anchors: Mapping[str, str], mean: Fraction) -> str:
    """The grid's sentence for the mark nearest to a mean."""
    return anchors[str(_nearest([int(mark) for mark in anchors], mean))] if anchors else ""


@dataclass(frozen=True, slots=True)
class Judged:
    """One criterion over all that was signed of a dossier; `kept` is the mean there of those kept, if any."""

    label: str
    anchors: Mapping[str, str]
    mean: Fraction
    weight: int = 1
    kept: Fraction | None = None

    @property
    def marks(self) -> list[int]:
        """Those that the grid puts in words."""
        return sorted(int(mark) for mark in self.anchors)

    @property
    def is_strong(self) -> bool:
        """Above the middle of the scale, the sentence is a compliment."""
        return 2 * self.mean > self.marks[0] + self.marks[-1]

    def said(self, mark: int) -> str:
        words = self.anchors[str(mark)]
        return f"– {self.label} : {words[:1].lower()}{words[1:]}"

    def lacked(self) -> str:
        """The grid's sentence, never alone: what the next one asks comes after it."""
        at = _nearest(self.marks[:-1], self.mean)
        above = self.marks[self.marks.index(at) + 1]
        return f"{self.said(at)} Pour une note plus haute : « {self.anchors[str(above)]} »"


def written_reason(judged: Collection[Judged], *, is_kept: bool = False) -> str:
    """A reason in the grid's own sentences: for a refusal what was lacking, then what convinced.

    What was lacking is where most points were lost to those kept, or else to the top of the scale.
    """
    told = [item for item in judged if len(item.anchors) > 1]
    lacking: list[Judged] = []
    if not is_kept:
        lacking = _lost_most((item, item.kept) for item in told if item.kept is not None)
        lacking = lacking or _lost_most((item, Fraction(item.marks[-1])) for item in told)
    strong = [item for item in told if item not in lacking and (is_kept or item.is_strong)]
    best = sorted(strong, key=lambda item: -item.mean)[:2]
    parts = [
        (f"{LACKED} :", [item.lacked() for item in lacking]),
        (f"{CONVINCED} :", [item.said(_nearest(item.marks, item.mean)) for item in best]),
    ]
    return "\n\n".join("\n".join([title, *lines]) for title, lines in parts if lines)


def _lost_most(against: Iterable[tuple[Judged, Fraction]]) -> list[Judged]:
    """The two criteria where most points are lacking, weights counted."""
    lost = [((mean - item.mean) * item.weight, item) for item, mean in against if mean > item.mean]
    return [item for _, item in sorted(lost, key=lambda pair: -pair[0])[:2]]


@dataclass(frozen=True, slots=True)
class ReaderLoad:
    """A reader: what they hold, what they may hold at most, the trades they read. No trade means all."""

    reader: int
    held: int
    cap: int
    trades: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Lacking:
    """A dossier under reading: how many readings it lacks, how many are signed, since when it waits."""

    dossier: int
    count: int
    since: datetime
    signed: int = 0
    trades: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Distribution:
    """(dossier, reader) pairs to make, and how many readings nobody could take, by dossier."""

    pairs: tuple[tuple[int, int], ...]
    unmet: Mapping[int, int]

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


def distribution(
    lacking: Iterable[Lacking], readers: Iterable[ReaderLoad], *, barred: Collection[tuple[int, int]]
) -> Distribution:
    """Give each dossier the readings it lacks, evenly, within each reader's cap and trades.

    `barred` holds the (dossier, reader) pairs that must not be made: recusals, ties, one's own dossier,
    readings that exist. The dossier with the least choice left is served first; each takes the least loaded
    reader. Same input, same output, whatever its order.
    """
    rows = list(readers)
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
        reader = min(able[dossier], key=lambda one: (held[one], one))
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
    return Distribution(tuple(pairs), {dossier: count for dossier, count in wanted.items() if count})


def next_in_queue(
    lacking: Iterable[Lacking], *, reader: ReaderLoad, barred: Collection[tuple[int, int]]
) -> int | None:
    """The dossier a reader is handed next: the one that lacks readings most, then the least signed.

    Then the first come: handed in first. None when nothing is left that this person may read.
    """
    mine = [item for item in lacking if item.count > 0 and _reads(reader, item, barred)]
    first = min(mine, key=lambda item: (-item.count, item.signed, item.since, item.dossier), default=None)
    return first.dossier if first else None
