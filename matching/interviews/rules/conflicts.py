"""Signs that a juror and a candidate may know each other.

A sign is a question put to the juror, never a decision.
"""

import re
import unicodedata
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Person:
    email: str
    last_name: str
    organisation: str = ""
    first_name: str = ""
    # What the candidate wrote about their experience.
    text: str = ""


def conflict_hints(juror: Person, candidate: Person) -> list[str]:
    """What to ask the juror about, in words; nothing when no sign is found."""
    hints = []
    domain = _domain(juror.email)
    if domain and domain not in SHARED_DOMAINS and domain == _domain(candidate.email):
        hints.append(f"même domaine d’adresse électronique ({domain})")
    if juror.last_name and _plain(juror.last_name) == _plain(candidate.last_name):
        hints.append("même nom de famille")
    name = _plain(f"{juror.first_name} {juror.last_name}")
    if juror.first_name and re.search(rf"\b{re.escape(name)}\b", _plain(candidate.text)):
        hints.append("le dossier cite son nom")
    organisation = _plain(juror.organisation)
    if len(organisation) >= SHORTEST_ORGANISATION and re.search(
        rf"\b{re.escape(organisation)}\b", _plain(candidate.text)
    ):
        hints.append(f"le dossier cite « {juror.organisation} »")
    return hints


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower()


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    return " ".join(
        "".join(letter for letter in letters if not unicodedata.combining(letter)).lower().split()
    )
