"""Hide in a text what tells who wrote it: names, addresses, links, numbers, schools (règlement, art. 5.4).

Names are found whatever their accents and case. Replacements are visible, so that a reader knows that
something was there and a candidate can check it.
"""

import re
import unicodedata
from collections.abc import Iterable

NAME = "[nom masqué]"
ADDRESS = "[adresse masquée]"
LINK = "[lien masqué]"
PHONE = "[numéro masqué]"
SCHOOL = "[école masquée]"

# Names that are everyday words: in lower case they are left alone, for hiding « clair » would tell the name.
ORDINARY = frozenset(
    {
        "aime", "aimee", "ange", "blanc", "blanche", "bon", "brun", "cadet", "carre", "clair",
        "claire", "clement", "constant", "court", "dame", "desire", "droit", "eve", "faure",
        "fleur", "fontaine", "fort", "franc", "france", "garde", "gentil", "grand", "grande",
        "gras", "guerin", "hardi", "jolie", "jour", "juste", "leger", "legrand", "long", "marchand",
        "marche", "marine", "mars", "mer", "merle", "mille", "modeste", "moulin", "noel", "noir",
        "or", "page", "petit", "petite", "pierre", "plein", "poirier", "pomme", "pont", "prudence",
        "renard", "rey", "riche", "roche", "rose", "roue", "rousse", "roux", "roy", "royal", "sage",
        "sauvage", "vert", "victoire", "ville", "violette", "vrai",
    }
)  # fmt: skip
SHORTEST = 3

_MAIL = re.compile(r"[\w.+\-]+\s?(?:@|\(at\)|\[at\])\s?[\w\-]+(?:\.[\w\-]+)+", re.IGNORECASE)
_LINK = re.compile(
    r"(?:https?://|ftp://|www\.)\S+"
    r"|\b(?:[a-z0-9\-]+\.)+(?:fr|com|org|net|io|dev|eu|app|me|info|co|tech|design|gouv|example|be|ch|xyz|page|site|blog)\b"
    r"(?:/\S*)?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@])@[\w\-]{2,}(?:\.[\w\-]+)*")
_PHONE = re.compile(r"(?<!\w)(?:\+\d{1,3}|00\d{1,3}|0)[ .\-]?\(?\d\)?(?:[ .\-\u00a0\u202f]?\d{2}){4}(?!\d)")
_LINKS = r"(?:(?:des|du|de|la|les|le|en)\b|d[’']|l[’'])"
_SMALL = r"(?:(?:des|du|de|la|les|le|et|en|pour|aux|à)\b|d[’']|l[’'])"
_PROPER = r"[A-ZÀ-ÖØ-Þ0-9][\w’'\-]*"
_KIND = (
    r"(?:[ÉEée]cole|[Uu]niversité|[Ii]nstitut|[Ll]ycée|[Ff]aculté|[Cc]ollège|[Cc]ampus|Conservatoire"
    r"|IUT|UFR|INSA|IAE|ENS|INSPE)"
)
_ADJECTIVE = (
    r"(?:nationale?s?|supérieure?s?|normale|polytechnique|centrale|catholique|fédérale|libre|technologique)"
)
_SCHOOL = re.compile(
    rf"\b{_KIND}(?:\s+{_ADJECTIVE})*(?:\s+{_LINKS}\s*|\s+)*"
    rf"{_PROPER}(?:(?:\s+|[’'\-]){_SMALL}?\s*{_PROPER}|\s+\d+)*"
    rf"|\b[ÉEée]cole(?:\s+{_ADJECTIVE})+(?:\s+(?:{_SMALL}\s*)+[\w\-]+)*"
)
_TOWN = r"(?:\s[A-ZÀ-Þ]\w+)?"
_ACRONYM = re.compile(
    rf"\b(?:HEC|ESSEC|ESCP|EDHEC|EM\sLyon|ENA|INSP|ENSAE|ENSAI|ENSTA|ENSIMAG|ENSCI|ENSAD|ENSG|EHESS|CELSA|EPITECH"
    rf"|EPITA|ISAE|ESIEE|Polytechnique|Centrale\s?Supélec|Supélec|Sciences\s?Po{_TOWN}|Mines\sParis(?:Tech)?"
    rf"|Ponts\sParis(?:Tech)?|Ponts\set\s[Cc]haussées|T[ée]l[ée]com\sParis|AgroParisTech|Dauphine|Sorbonne|Assas|Gobelins"
    rf"|Strate|Penninghen|Simplon|Le\sWagon|OpenClassrooms|H[Ee][Tt][Ii][Cc]|INSA{_TOWN}|IUT{_TOWN}|UTC|UTT|ENS{_TOWN})\b"
)


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without accents nor case, and for each of its letters the place of the original one."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        plain = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "ß": "ss"}.get(letter) or "".join(
            part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)
        )
        for part in plain.lower():
            letters.append(part)
            places.append(place)
    return "".join(letters), places


def _plain(text: str) -> str:
    return _folded(text)[0]


def names_in(*names: str) -> tuple[str, ...]:
    """What to look for: each full name given, then its parts long enough to mean someone; longest first."""
    found: set[str] = set()
    for name in names:
        words = [word for word in re.split(r"[^a-z0-9]+", _plain(name)) if word]
        if not words:
            continue
        if len(words) > 1:
            found.add(" ".join(words))
        found.update(word for word in words if len(word) >= SHORTEST)
        if len(words) == 1:
            found.update(words)
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def _spans(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Where the names are. Between words, any mark or none: « Anne Petit », « anne.petit », « annepetit »."""
    plain, places = _folded(text)
    spans = []
    for name in names:
        words = [re.escape(word) for word in name.split(" ")]
        pattern = re.compile(rf"(?<![a-z]){'[^a-z0-9]*'.join(words)}(?![a-z])")
        for match in pattern.finditer(plain):
            start, end = places[match.start()], places[match.end() - 1] + 1
            if name in ORDINARY and text[start:end].islower():
                continue
            spans.append((start, end))
    return spans


def _without_names(text: str, names: Iterable[str]) -> str:
    pieces, done = [], 0
    for start, end in sorted(_spans(text, names)):
        if end <= done:
            continue
        if start >= done:
            pieces += [text[done:start], NAME]
        done = end
    return "".join([*pieces, text[done:]])


def redact(text: str, names: Iterable[str]) -> str:
    """`text` without what tells who wrote it; `names` are a person's first and last names, or full name."""
    given = [name for name in names if name.strip()]
    everything = names_in(*given, " ".join(given), " ".join(reversed(given)))
    text = unicodedata.normalize("NFC", text)
    text = _MAIL.sub(ADDRESS, text)
    text = _LINK.sub(LINK, text)
    text = _HANDLE.sub(LINK, text)
    text = _PHONE.sub(PHONE, text)
    text = _without_names(text, everything)
    text = _SCHOOL.sub(SCHOOL, text)
    return _ACRONYM.sub(SCHOOL, text)
