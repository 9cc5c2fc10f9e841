"""Titles, names and themes as typed, made tidy."""

import re
from collections.abc import Iterable


def squeezed(text: str) -> str:
    """One line, single spaces: how titles and names are kept and compared."""
    return " ".join(text.split())


def tidy_themes(themes: Iterable[str]) -> list[str]:
    """Themes as typed, without blanks nor doubles, in the order given."""
    seen: dict[str, str] = {}
    for theme in themes:
        clean = squeezed(theme)
        if clean:
            seen.setdefault(clean.casefold(), clean[0].upper() + clean[1:])
    return list(seen.values())


def paragraphs(text: str) -> list[str]:
    """Plain text cut at its blank lines; single line breaks become spaces."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [squeezed(block) for block in blocks if block.strip()]
