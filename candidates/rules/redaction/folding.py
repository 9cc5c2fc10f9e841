"""Texts compared without accents, case nor spacing."""

from collections.abc import Sequence

from eig.french.letters import bare

# Typed or typeset, the same mark for a reader.
_APOSTROPHES = {"’": "'", "ʼ": "'"}


class _Letters(dict[str, str]):
    """Each letter without its accent nor its case, worked out once."""

    def __missing__(self, letter: str) -> str:
        self[letter] = _APOSTROPHES.get(letter) or bare(letter).lower()
        return self[letter]


_LETTERS = _Letters()


def folded(text: str) -> tuple[str, Sequence[int]]:
    """The text without accents nor case, and for each of its letters the place of the original one."""
    pieces = [_LETTERS[letter] for letter in text]
    plain = "".join(pieces)
    if len(plain) == len(text) and all(pieces):
        return plain, range(len(text))
    return plain, [place for place, piece in enumerate(pieces) for _ in piece]


def squeezed(text: str) -> str:
    """A phrase as it is compared: folded, one space between words, no mark around."""
    return " ".join(folded(text)[0].split()).strip(" .,;:!?()[]\"'")
