"""No-break spaces, set at the edge: authors and people type the space bar, readers get French typography.

A space that is there becomes a no-break one: no word and no mark is changed, added or lost. Pages, prints and
mails go through here as they leave; what is stored keeps the space that was typed.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from eig.french import dates

NO_BREAK = dates.NO_BREAK
_MONTH = rf"(?:{'|'.join(dates.MONTHS)})"

# Each begins with a letter that the engine looks for at full speed, then says at once what may follow:
# one pattern for all takes ten times longer.
# Before a double mark, « 10 % », « 5 000 € », « 9 h 30 », « 2 mars »; inside guillemets; « n° 12 ».
_BEFORE = re.compile(
    r" (?=[:;!?»%€\dhjfmasond])"
    rf"(?:[:;!?»]|(?<=\d )(?:[%€]|h\b|{_MONTH}\b)|(?<=1er ){_MONTH}\b|(?<=\d h )\d\d\b)"
)
_AFTER = (re.compile("« "), re.compile(r"n° (?=\d)"))
# What is in these is no prose: code, and what somebody typed and will send again.
_ASIDE = re.compile(r"<(script|style|textarea|pre|code)\b[^>]*>(.*?)</\1\b", re.DOTALL)
# Attributes that people read or hear; never a value, an address, nor what a script compares.
READ = (
    "alt", "aria-description", "aria-label", "aria-valuetext", "data-confirm", "data-label",
    "data-step-words", "data-title", "label", "placeholder", "title",
)  # fmt: skip
_READ = re.compile(rf"""\s(?:{"|".join(READ)})=(?:"[^"]*|'[^']*)\Z""")


def one_line(text: str) -> str:
    """Without line ends nor spaces in a row; no-break spaces are kept, which `str.split` would take away."""
    return re.sub(r"[^\S\u00a0\u202f]+", " ", text).strip()


def spaced(text: str) -> str:
    """Plain text: « Qui ? » is not cut before its question mark."""
    return _with_no_break(text, _places(text))


def spaced_html(html: str) -> str:
    """A page, or a part of one: text and the attributes that people read, not scripts, code nor values."""
    asides = [bound for aside in _ASIDE.finditer(html) for bound in aside.span(2)]
    return _with_no_break(html, [at for at in _places(html) if _is_read(html, at, asides)])


def _places(text: str) -> list[int]:
    before = [found.start() for found in _BEFORE.finditer(text)]
    after = [found.end() - 1 for opening in _AFTER for found in opening.finditer(text)]
    return sorted({*before, *after})


def _is_read(html: str, at: int, asides: Sequence[int]) -> bool:
    if bisect_right(asides, at) % 2:
        return False
    tag = html.rfind("<", 0, at)
    return html.rfind(">", 0, at) >= tag or _READ.search(html[tag:at]) is not None


def _with_no_break(text: str, places: Iterable[int]) -> str:
    pieces, done = [], 0
    for at in places:
        pieces += [text[done:at], NO_BREAK]
        done = at + 1
    return "".join([*pieces, text[done:]])
