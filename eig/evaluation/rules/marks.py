"""From marks to scores. Exact numbers only: ties must be ties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from hashlib import sha256

# Divisible by every panel size from 1 to 6: sums of panels of different sizes compare exactly.
COMMON_MULTIPLE = 60


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
