"""Two people wrote the same answer: what a save that comes late may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any


@dataclass(frozen=True, slots=True)
class Turn:
    """Which open page saves, and its how-manieth save; nothing when the page has no script."""

    tab: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One former change of an answer: the text it replaced, and the page that made it."""

    version: int
    before: Any
    tab: str = ""
    turn: int = 0


class Verdict(Enum):
    SAME = "nothing to write"
    WRITE = "write it"
    THEIRS = "left as it was here, changed elsewhere: theirs stays"
    CONFLICT = "changed here and elsewhere: a person chooses"


def verdict(given: Any, *, stored: Any, since: Sequence[Change], turn: Turn | None = None) -> Verdict:
    """What to do of `given`, typed over a text that `since` (oldest first) has changed meanwhile.

    A page whose former answer was lost on the way finds only its own, earlier changes: it goes on.
    """
    if given == stored:
        return Verdict.SAME
    if not since:
        return Verdict.WRITE
    if turn and turn.tab and all(one.tab == turn.tab and one.turn < turn.number for one in since):
        return Verdict.WRITE
    if given == since[0].before:
        return Verdict.THEIRS
    return Verdict.CONFLICT
