"""Signs that a reader or a juror may be tied to a project.

A sign is a question put to the person, never a decision.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

# Addresses that say nothing of an employer.
SHARED_DOMAINS = frozenset(
    [
        "gmail.com", "googlemail.com", "outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr", "live.fr",
        "yahoo.com", "yahoo.fr", "free.fr", "orange.fr", "wanadoo.fr", "sfr.fr", "laposte.net", "icloud.com",
        "proton.me", "protonmail.com", "exemple.example",
    ]
)  # fmt: skip
# Shorter names are too common in public bodies to be a sign by themselves.
SHORTEST_ORGANISATION = 5


@dataclass(frozen=True, slots=True)
class Judge:
    """Who would read or hear; `administrations` are those whose projects the person leads elsewhere."""

    email: str
    last_name: str = ""
    organisation: str = ""
    administrations: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Ties:
    """What a project is tied to: its administrations, and the addresses and names of its people."""

    administrations: Collection[str]
    emails: Collection[str]
    last_names: Collection[str] = ()


def conflict_hints(judge: Judge, ties: Ties) -> list[str]:
    """What to ask the person about, in words; nothing when no sign is found."""
    hints = []
    domain = _domain(judge.email)
    if domain and domain not in SHARED_DOMAINS and domain in {_domain(email) for email in ties.emails}:
        hints.append(f"même domaine d’adresse électronique ({domain})")
    if judge.last_name and _plain(judge.last_name) in {_plain(name) for name in ties.last_names}:
        hints.append("même nom de famille qu’une personne du projet")
    employer = _plain(judge.organisation)
    for name in sorted(ties.administrations):
        plain = _plain(name)
        if _same(employer, plain):
            hints.append(f"employeur : {name}")
        elif any(_same(_plain(other), plain) for other in judge.administrations):
            hints.append(f"porte un projet de la même administration : {name}")
    return hints


def _same(one: str, other: str) -> bool:
    """One name holds the other, as whole words."""
    if min(len(one), len(other)) < SHORTEST_ORGANISATION:
        return False
    short, long = sorted((one, other), key=len)
    return re.search(rf"\b{re.escape(short)}\b", long) is not None


def _domain(email: str) -> str:
    return email.rpartition("@")[2].strip().lower()


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())
