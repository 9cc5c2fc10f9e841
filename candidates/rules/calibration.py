"""What a calibration shows: how far apart readers are on the same dossiers, and how severe each one is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

# reader → criterion → mark, for one dossier.
Sheets = Mapping[int, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Spread:
    """One criterion of one dossier over all its readers."""

    criterion: str
    low: int
    high: int
    mean: Fraction

    @property
    def width(self) -> int:
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Leaning:
    """One reader against the mean of all, criterion marks over all dossiers; above zero is generous."""

    reader: int
    marks: int
    gap: Fraction


def spreads(sheets: Sheets, criteria: Sequence[str]) -> list[Spread]:
    """Each criterion that somebody marked, in the order of the grid."""
    found = []
    for code in criteria:
        marks = [sheet[code] for sheet in sheets.values() if code in sheet]
        if marks:
            found.append(Spread(code, min(marks), max(marks), Fraction(sum(marks), len(marks))))
    return found


def leanings(dossiers: Sequence[Sheets], criteria: Sequence[str]) -> list[Leaning]:
    """Every reader's mean gap to the mean mark of each criterion of each dossier, the most severe first."""
    gaps: dict[int, list[Fraction]] = {}
    for sheets in dossiers:
        means = {spread.criterion: spread.mean for spread in spreads(sheets, criteria)}
        for reader, sheet in sheets.items():
            gaps.setdefault(reader, []).extend(
                sheet[code] - means[code] for code in criteria if code in sheet and code in means
            )
    rows = [
        Leaning(reader, len(values), sum(values, Fraction()) / len(values))
        for reader, values in gaps.items()
        if values
    ]
    return sorted(rows, key=lambda row: (row.gap, row.reader))
