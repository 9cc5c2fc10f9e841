"""Signs that a juror and a candidate may know each other.

A sign is a question put to the juror, never a decision.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

# Addresses that say nothing of an employer.
SHARED_DOMAINS = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "outlook.fr",
        "hotmail.com",
        "hotmail.fr",
        "live.fr",
        "yahoo.com",
        "yahoo.fr",
        "free.fr",
        "orange.fr",
        "wanadoo.fr",
        "sfr.fr",
        "laposte.net",
        "icloud.com",
        "proton.me",
        "protonmail.com",
        "exemple.example",
    ]
)
# Too common in public bodies' names to be a sign by themselves.
SHORTEST_ORGANISATION = 5


@dataclass(frozen=True)
class Person:
    """Who they are, in their own words; each is compared with many others, so read once."""

    email: str
    last_name: str
    organisation: str = ""
    first_name: str = ""
    # What the candidate wrote about their experience.
    text: str = ""

    @cached_property
    def plain_name(self) -> str:
        return _plain(f"{self.first_name} {self.last_name}")

    @cached_property
    def plain_last_name(self) -> str:
        return _plain(self.last_name)

    @cached_property
    def plain_organisation(self) -> str:
        return _plain(self.organisation)

    @cached_property
    def plain_text(self) -> str:
        return _plain(self.text)


def conflict_hints(juror: Person, candidate: Person) -> list[str]:
    """What to ask the juror about, in words; nothing when no sign is found."""
    hints = []
    domain = _domain(juror.email)
    if domain and domain not in SHARED_DOMAINS and domain == _domain(candidate.email):
        hints.append(f"même domaine d’adresse électronique ({domain})")
    if juror.last_name and juror.plain_last_name == candidate.plain_last_name:
        hints.append("même nom de famille")
    if juror.first_name and _cites(candidate, juror.plain_name):
        hints.append("le dossier cite son nom")
    organisation = juror.plain_organisation
    if len(organisation) >= SHORTEST_ORGANISATION and _cites(candidate, organisation):
        hints.append(f"le dossier cite « {juror.organisation} »")
    return hints


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower()


def _cites(candidate: Person, words: str) -> bool:
    # Most do not: the whole words are looked for only where the letters are.
    return words in candidate.plain_text and bool(re.search(rf"\b{re.escape(words)}\b", candidate.plain_text))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    return " ".join(
        "".join(letter for letter in letters if not unicodedata.combining(letter)).lower().split()
    )
