"""How severe each reader is, and the marks if all were alike. Shown beside the marks, never instead.

The gap of a reader is the mean, over the dossiers that others have read too, of (their mark − the dossier's
mean). A dossier's adjusted mark is its mean minus the mean gap of its readers. Exact numbers throughout.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eig.evaluation.rules import COMMON_MULTIPLE

# Below this, a gap says more about the dossiers than about the reader: it counts for nothing.
LEAST_READINGS = 5


@dataclass(frozen=True, slots=True)
class Severity:
    """One reader: on how many shared dossiers, how far from their means; above zero is generous."""

    reader: int
    readings: int
    gap: Fraction

    @property
    def counts(self) -> bool:
        return self.readings >= LEAST_READINGS


def severity(reader: int, *, readings: int, excess: int, weight: int) -> Severity:
    """`excess` is the sum of (60 × total − score) over `readings` dossiers, all integers."""
    return Severity(reader, readings, Fraction(excess, COMMON_MULTIPLE * weight * readings))


def adjusted_mark(
    score: int, *, readers: Sequence[int], severities: Mapping[int, Severity], weight: int
) -> Fraction:
    """The mean mark of a dossier, less what its readers usually add."""
    mean = Fraction(score, COMMON_MULTIPLE * weight)
    gaps = [
        severities[reader].gap for reader in readers if reader in severities and severities[reader].counts
    ]
    return mean - sum(gaps, Fraction()) / len(readers) if gaps else mean


def ranks(marks: Iterable[tuple[int, Fraction]]) -> dict[int, int]:
    """Application → rank, the best first; ties share a rank and the next one is skipped."""
    ordered = sorted(marks, key=lambda item: (-item[1], item[0]))
    found: dict[int, int] = {}
    before: tuple[Fraction, int] | None = None
    for position, (application, mark) in enumerate(ordered, start=1):
        rank = before[1] if before is not None and before[0] == mark else position
        found[application], before = rank, (mark, rank)
    return found
