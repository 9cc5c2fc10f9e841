"""The published file of past défis, entry by entry: what is read, what is refused and why.

The format is described in docs/history-import.md.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from projects.choices import AdministrationKind

TITLE, TAGLINE, NAME, TOWN, LABEL, KEY, TEXT = 160, 300, 200, 100, 60, 140, 40_000
TRADE = 80
MOST_LABELS = 12
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Unreadable(Exception):
    """The entry is left out; the sentence says why, in English as the command speaks."""


@dataclass(frozen=True, slots=True)
class PastEntry:
    key: str
    title: str
    tagline: str
    administration: str
    promotions: Sequence[str]
    kind: str
    town: str
    themes: Sequence[str]
    trades: Sequence[str]
    website: str
    outcome: str
    markdown: str


def read_entry(raw: object) -> PastEntry:
    """One entry of the file. Raises Unreadable."""
    if not isinstance(raw, Mapping):
        raise Unreadable("not an object with named fields")
    if str(raw.get("visible", True)).strip().lower() in {"false", "non", "no", "0"}:
        raise Unreadable("marked as not visible")
    title = _text(raw, "titre", TITLE, required=True)
    kind = _text(raw, "type_administration", 20)
    if kind and kind not in AdministrationKind.values:
        raise Unreadable(f"unknown type_administration “{kind}”")
    promotions = _list(raw, "promotions", 20)
    if not promotions:
        raise Unreadable("no promotion")
    administration = ", ".join(_list(raw, "administration", NAME)) or ", ".join(
        _list(raw, "etablissement", NAME)
    )
    if not administration:
        raise Unreadable("no administration")
    website = _text(raw, "url_startup_etat", 300)
    if website and not re.fullmatch(r"https?://[^\s<>\"]+", website):
        raise Unreadable("url_startup_etat is not a web address")
    return PastEntry(
        key=_text(raw, "slug", KEY, required=True),
        title=title,
        tagline=_text(raw, "description", TAGLINE) or title,
        administration=administration[:NAME],
        promotions=promotions,
        kind=kind,
        town=re.sub(r"(?<!\s)\s*+\(\d[\dAB]\d?\)$", "", _text(raw, "ville", TOWN)),
        themes=_list(raw, "themes", LABEL),
        trades=_list(raw, "expertises", TRADE),
        website=website,
        outcome=_text(raw, "issue", NAME),
        markdown=_text(raw, "contenu_markdown", TEXT, lines=True),
    )


def _plain(value: object, name: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str | int | float | bool):
        raise Unreadable(f"{name} is not a text")
    text = str(value)
    if NOT_TEXT.search(text):
        raise Unreadable(f"{name} holds control characters")
    return text


def _text(
    raw: Mapping[Any, Any], name: str, limit: int, *, required: bool = False, lines: bool = False
) -> str:
    text = _plain(raw.get(name), name)
    text = text.strip() if lines else " ".join(text.split())
    if required and not text:
        raise Unreadable(f"no {name}")
    if len(text) > limit:
        raise Unreadable(f"{name} is longer than {limit} characters")
    return text


def _list(raw: Mapping[Any, Any], name: str, limit: int) -> list[str]:
    """A JSON list, or a CSV cell whose values are separated by bars."""
    value = raw.get(name)
    items = value if isinstance(value, list) else _plain(value, name).split("|")
    found = dict.fromkeys(" ".join(_plain(item, name).split()) for item in items)
    labels = [label for label in found if label]
    if len(labels) > MOST_LABELS:
        raise Unreadable(f"more than {MOST_LABELS} {name}")
    if any(len(label) > limit for label in labels):
        raise Unreadable(f"{name} is longer than {limit} characters")
    return labels


def promotion_named(text: str) -> tuple[str, str, int]:
    """Programme, name and number: « EIG5 » → ("eig", "EIG 5", 5), « DIG » → ("dig", "DIG", 1)."""
    found = re.fullmatch(r"([^\W\d_]+)\s*(\d{1,3})?", text.strip())
    if found is None:
        raise Unreadable(f"promotion “{text}” is not a name and a number")
    programme = found[1].upper()
    if found[2] is None:
        return programme.lower(), programme, 1
    return programme.lower(), f"{programme} {int(found[2])}", int(found[2])
