"""Marks and words of readers and jurors. Same seed, same marks; nothing here decides anything."""

from collections.abc import Mapping, Sequence
from functools import cache
from random import Random

from rehearsal.corpus.people import SEED
from rehearsal.corpus.preferences import generate_preferences
from rehearsal.corpus.records import Candidacy, Project, Remarks
from rehearsal.corpus.sources import pick, read, seeded

# In hundredths of the scale: what each reader of a disputed dossier adds or takes away.
DISPUTE = (34, -30, 4)
FAVOURABLE, UNFAVOURABLE = 62, 45


def _marks(rng: Random, level: int, criteria: Sequence[str]) -> dict[str, int]:
    """One mark 0 to 5 for each criterion, around `level` hundredths of the scale."""
    return {code: max(0, min(5, round((level + rng.gauss(0, 9)) / 20))) for code in criteria}


def application_marks(
    candidacy: Candidacy, *, reader: int, criteria: Sequence[str], seed: int = SEED
) -> dict[str, int]:
    """What the nth reader (0, 1, 2…) of a dossier gives; two readers of a disputed one are far apart."""
    rng = seeded(f"{seed}/reading/{candidacy.key}/{reader}")
    gap = DISPUTE[min(reader, 2)] if candidacy.is_disputed else rng.randint(-4, 4)
    return _marks(rng, candidacy.strength + gap, criteria)


def project_marks(
    project: Project, *, reader: int, criteria: Sequence[str], seed: int = SEED
) -> dict[str, int]:
    """What the nth reader of a project gives."""
    rng = seeded(f"{seed}/project/{project.key}/{reader}")
    return _marks(rng, project.merit + rng.randint(-3, 3), criteria)


def audition_marks(
    candidacy: Candidacy, project: Project, *, juror: int, criteria: Sequence[str], seed: int = SEED
) -> dict[str, int]:
    """What the nth juror gives to a person heard for a project: their strength, and how well the two met."""
    meeting = seeded(f"{seed}/audition/{candidacy.key}/{project.key}").randint(-16, 10)
    wish = generate_preferences(seed).get(candidacy.key)
    keen = 5 if wish and wish.wishes and wish.wishes[0] == project.key else 0
    rng = seeded(f"{seed}/audition/{candidacy.key}/{project.key}/{juror}")
    return _marks(rng, candidacy.strength - 4 + meeting + keen, criteria)


def verdict_of(marks: Mapping[str, int], *, middle: str = "neutral") -> str:
    """The opinion that goes with the marks: favourable, unfavourable, or the grid's word in between."""
    level = 20 * sum(marks.values()) // len(marks)
    if level >= FAVOURABLE:
        return "favourable"
    return "unfavourable" if level < UNFAVOURABLE else middle


@cache
def load_remarks() -> Mapping[str, Remarks]:
    """The sentences of readers and jurors, by code of grid."""
    bank = read("remarks.toml")
    return {
        grid: Remarks(
            by_criterion={
                criterion: {level: tuple(lines) for level, lines in levels.items()}
                for criterion, levels in bank[grid].items()
            },
            by_verdict={verdict: tuple(lines) for verdict, lines in opinions.items()},
        )
        for grid, opinions in bank["overall"].items()
    }


def comment(grid: str, criterion: str, mark: int, *, key: str, seed: int = SEED) -> str:
    """A sentence on one criterion of a grid; `key` tells one reader and dossier from another."""
    return pick(
        seeded(f"{seed}/comment/{grid}/{criterion}/{key}"), load_remarks()[grid].by_level(criterion, mark)
    )


def appreciation(grid: str, verdict: str, *, key: str, seed: int = SEED) -> str:
    """The overall sentence that goes with an opinion."""
    return pick(seeded(f"{seed}/overall/{grid}/{key}"), load_remarks()[grid].overall(verdict))
