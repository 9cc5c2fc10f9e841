"""Hide in a text what tells who wrote it (règlement EIG6, art. 5.4).

Names, addresses, links, numbers, ages, schools and gender marks. What is hidden is shown between brackets, so
that a reader knows that something was there and a candidate can check it; what agrees with a gender is
written for both (« développeur·se »). A person may add words to hide, or show again what was no secret.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from candidates.rules.redaction.folding import folded, squeezed
from candidates.rules.redaction.gender import neutral
from candidates.rules.redaction.kinds import KINDS, SHOWABLE, Kind
from candidates.rules.redaction.names import names_in, spans
from candidates.rules.redaction.patterns import ALWAYS as PATTERN_KINDS
from candidates.rules.redaction.patterns import PATTERNS
from candidates.rules.redaction.schools import SCHOOLS

# What is shown again stands aside, behind letters that no text has, until every pass is done.
_ASIDE = "\ue000{}\ue001"
_BACK = re.compile("\ue000(\\d+)\ue001")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ue000\ue001]")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who wrote: names, other names they go by (`handles`), and the marks added by hand, squeezed."""

    names: tuple[str, ...]
    handles: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    show: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that was hidden, as it was written."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Redacted:
    text: str
    hits: tuple[Hit, ...]
    # How many words were made to agree with both genders.
    agreements: int


class _Passes:
    """The passes over one text, one after the other; what a pass hid is out of the next one's reach."""

    def __init__(self, text: str, who: Identity) -> None:
        self.text, self.who = text, who
        self.hits: list[Hit] = []
        self.aside: list[str] = []

    def hide(self, kind: Kind, passage: str) -> str:
        """The mark to write instead of a passage, or a place for it if it may be read."""
        if kind in SHOWABLE and squeezed(passage) in self.who.show:
            self.aside.append(passage)
            return _ASIDE.format(len(self.aside) - 1)
        self.hits.append(Hit(kind, passage.strip()))
        return KINDS[kind]

    def pattern(self, kind: Kind, pattern: re.Pattern[str]) -> None:
        def replaced(match: re.Match[str]) -> str:
            kept = match.groupdict().get("kept") or ""
            return kept + self.hide(kind, match[0].removeprefix(kept))

        self.text = pattern.sub(replaced, self.text)

    def words(self, kind: Kind, names: Sequence[str], *, ordinary: bool) -> None:
        pieces, done = [], 0
        for start, end in _merged(spans(self.text, names, spare_ordinary=ordinary)):
            pieces += [self.text[done:start], self.hide(kind, self.text[start:end])]
            done = end
        self.text = "".join([*pieces, self.text[done:]])

    def finished(self) -> str:
        return _BACK.sub(lambda match: self.aside[int(match[1])], self.text)


def _merged(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places that overlap, as one: a full name and its parts."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


@lru_cache(maxsize=512)
def _wanted(names: tuple[str, ...]) -> tuple[str, ...]:
    given = [name for name in names if name.strip()]
    return names_in(*given, " ".join(given), " ".join(reversed(given)))


def redacted(text: str, who: Identity) -> Redacted:
    """`text` without what tells who wrote it, and the list of what was hidden."""
    passes = _Passes(_INVISIBLE.sub("", text), who)
    passes.words(Kind.WORD, who.hide, ordinary=False)
    for kind, pattern in PATTERNS:
        passes.pattern(kind, pattern)
    passes.words(Kind.NAME, _wanted(who.names), ordinary=True)
    passes.words(Kind.LINK, who.handles, ordinary=True)
    for pattern in SCHOOLS:
        passes.pattern(Kind.SCHOOL, pattern)
    passes.text, agreements = neutral(passes.text)
    return Redacted(passes.finished(), tuple(passes.hits), agreements)
