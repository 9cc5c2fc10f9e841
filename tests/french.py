"""Read what people read, as a proof-reader does: spaces, apostrophes, elision, dates, one word a thing."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from functools import cache

from lxml.html import HtmlElement

from eig.french.dates import MONTHS
from eig.french.spaces import READ
from tests.design.pages import parse

SPACE = "[ \u00a0\u202f]"
BREAKS, KEEPS = "[ \t\n]", "[\u00a0\u202f]"
MONTH = "|".join(MONTHS)
VOWEL = "AÀÂEÉÈÊËIÎÏOÔUÙaàâeéèêëiîïoôuù"
HOUR = rf"\d{{1,2}}{SPACE}h(?:{SPACE}\d\d)?\b"

_SHORT = "janv?|févr?|fev|mar|avr|jui|juil|jul|aoû|aou|aug|sept?|oct|nov|déc|dec"
_UNTIL = "avant|jusqu’au|au plus tard|limite|expire|échéance|clôture|se ferme"

FAULTS = {
    "a space that breaks before a double mark": rf"\S{BREAKS}[:;!?»](?!\))",
    "no space before a double mark": r"[a-zà-ÿ·)»][;!?»](?=\s|$)|[a-zà-ÿ)»]:(?=\s|$)",
    "a space that breaks inside guillemets": rf"«(?!{KEEPS})",
    "a straight apostrophe": r"[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]",
    "straight quotation marks": r'(?<!\d)"',
    "« de » not elided": rf"(?<![·\w])[Dd]e{SPACE}(?!onze|oui\b|un{SPACE}à)[{VOWEL}]",
    "« que », « je »… not elided": (
        rf"(?<![·\w])(?:[Qq]ue|[JjNnSsMm]e|[Jj]usque|[Ll]orsque|[Pp]uisque){SPACE}(?!onze|oui\b)[{VOWEL}]"
        rf"|\b[Ss]i{SPACE}ils?\b"
    ),
    "a date in figures": r"\b\d{1,2}/\d{1,2}(?:/(?:20)?\d\d)?\b(?!\d)|\b20\d\d-\d\d-\d\d\b",
    "a truncated month": rf"(?i)\b\d{{1,2}}(?:er)?{SPACE}(?!(?:{MONTH})\b)(?:{_SHORT})\b",
    "a truncated day": rf"(?i)\b(?:lun|mar|mer|jeu|ven|sam|dim){SPACE}\d",
    "« 1 » for « 1er »": rf"\b1{SPACE}(?:{MONTH})\b",
    "a date that breaks": rf"\b\d{{1,2}}(?:er)?{BREAKS}(?:{MONTH})\b",
    "an hour written otherwise": (
        rf"\b\d{{1,2}}:\d\d\b|\b\d{{1,2}}h(?:\d\d)?\b|\b\d{{1,2}}{BREAKS}h\b|\bh{BREAKS}\d\d\b"
    ),
    "a deadline without its zone": (
        rf"(?i)\b(?:{_UNTIL})[^.;\n]{{0,60}}?{HOUR}(?!{SPACE}?(?:\d\d{SPACE})?(?:min\b|\(heure))"
    ),
    "another word for « adresse électronique »": (
        rf"(?i)\b(?:adresses?{SPACE}(?:de{SPACE})?courriel|e-?mails?|mails?|mél)\b(?![@./])"
    ),
    "« présélectionné » of somebody": (
        rf"(?i)\bcandidat(?:e|·e|·es)?s?{SPACE}présélectionnée?s?\b(?!·)"
        rf"|\b(?:êtes|serez|étiez){SPACE}présélectionnée?s?\b(?!·)"
    ),
    "a space before a point": r"\S[\s\u00a0]+[.,](?=\s|$)",
}

ASIDE = {"script", "style", "textarea", "pre", "code", "template", "svg"}
INLINE = {
    "a", "abbr", "b", "br", "button", "cite", "em", "i", "kbd", "label", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u", "wbr",
}  # fmt: skip


def faults(text: str) -> list[str]:
    """Each fault of a text, with what stands around it."""
    return list(_faults(text))


@cache
def _faults(text: str) -> tuple[str, ...]:
    """Read once: two thousand pages have the same furniture."""
    return tuple(
        f"{name}: …{text[max(0, found.start() - 30) : found.end() + 15]!r}…"
        for name, pattern in _PATTERNS.items()
        for found in pattern.finditer(text)
    )


def page_faults(html: str | bytes) -> list[str]:
    return [fault for block in blocks(parse(html)) for fault in faults(block)]


def mail_faults(mime: EmailMessage) -> list[str]:
    """The subject, the text and the page of a mail that leaves."""
    text, page = (mime.get_body([kind]) for kind in ("plain", "html"))
    said = [str(mime["Subject"]), *text.get_content().splitlines()]
    return [fault for line in said for fault in faults(line)] + page_faults(page.get_content())


def blocks(page: HtmlElement) -> Iterator[str]:
    """What is read of a page: each block of text as a browser shows it, then the words of attributes."""
    pieces: list[str] = []
    _read(page, pieces)
    for block in re.sub(r"[ \t\r\n]+", " ", "".join(pieces)).split(EDGE):
        if shown := block.strip(" "):
            yield shown
    for element in page.iter():
        if isinstance(element.tag, str):
            yield from (value for name, value in element.attrib.items() if name in READ and value)


# Between two blocks: no page holds it.
EDGE = "\0"


def _read(element: HtmlElement, pieces: list[str]) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag in ASIDE:
        return
    edge = "" if tag in INLINE else EDGE
    pieces += (edge, element.text or "")
    for child in element:
        _read(child, pieces)
        pieces.append(child.tail or "")
    pieces.append(edge)


_PATTERNS = {name: re.compile(pattern) for name, pattern in FAULTS.items()}
