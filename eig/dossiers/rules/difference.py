"""Two texts, word by word: what went, what came."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# Beyond, comparing word by word costs too much for what it shows.
MOST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: `kind` is "same", "gone" or "new"."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order; joined without the gone ones, they are `after`."""
    old, new = re.findall(r"\s+|\w+|[^\w\s]", before), re.findall(r"\s+|\w+|[^\w\s]", after)
    if len(old) + len(new) > MOST_WORDS:
        return [piece for piece in (Piece("gone", before), Piece("new", after)) if piece.text]
    pieces: list[Piece] = []
    for tag, i, j, k, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[i:j])))
            continue
        if i != j:
            pieces.append(Piece("gone", "".join(old[i:j])))
        if k != end:
            pieces.append(Piece("new", "".join(new[k:end])))
    return pieces
