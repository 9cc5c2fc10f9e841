"""From periods of work to whole years: months count once, however many jobs they held."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True)
class Experience:
    """`counted`: months worked, each once; `overlapping`: months that several periods share."""

    counted: int
    overlapping: int

    @property
    def years(self) -> int:
        """Whole years: what is begun is not yet a year."""
        return self.counted // MONTHS_PER_YEAR

    @property
    def months(self) -> int:
        return self.counted % MONTHS_PER_YEAR


def _month(day: date) -> int:
    return day.year * MONTHS_PER_YEAR + day.month - 1


def experience(periods: Iterable[tuple[date, date]]) -> Experience:
    """Count the months of (first, last) periods, both ends included; the order of the periods is nothing."""
    spans = sorted((_month(first), _month(last)) for first, last in periods)
    counted, total, reached = 0, 0, -1
    for first, last in spans:
        total += last - first + 1
        counted += max(0, last - max(first, reached + 1) + 1)
        reached = max(reached, last)
    return Experience(counted, total - counted)
