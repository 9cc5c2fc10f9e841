"""Signs that somebody who judges may be tied to what they judge: a project, a candidate.

A sign is a question put to the person, never a decision. Names are compared by their words, whatever their
accents, ligatures, apostrophes and hyphens.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from eig.french.letters import plain

# Addresses that say nothing of an employer: mail for everybody, and what all the ministries share.
SHARED_DOMAINS = frozenset([
    "aliceadsl.fr", "aol.com", "bbox.fr", "caramail.com", "cegetel.net", "club-internet.fr",
    "exemple.example", "free.fr", "gmail.com", "gmx.com", "gmx.fr", "googlemail.com", "gouv.fr",
    "hotmail.com", "hotmail.fr", "icloud.com", "laposte.net", "live.com", "live.fr", "mac.com",
    "mailo.com", "me.com", "msn.com", "neuf.fr", "netcourrier.com", "numericable.fr", "orange.fr",
    "outlook.com", "outlook.fr", "pm.me", "proton.me", "protonmail.com", "sfr.fr", "tutanota.com",
    "wanadoo.fr", "yahoo.com", "yahoo.fr", "ymail.com",
])  # fmt: skip
# Shorter names are too common in public bodies to be a sign by themselves.
SHORTEST_ORGANISATION = 5


@dataclass(frozen=True)
class Judge:
    """Who would read or hear, compared with many others: read once."""

    email: str
    last_name: str = ""
    first_name: str = ""
    organisation: str = ""
    # Those whose projects the person leads elsewhere.
    administrations: Collection[str] = ()

    @cached_property
    def domain(self) -> str:
        return _domain(self.email)

    @cached_property
    def plain_last_name(self) -> str:
        return plain(self.last_name)

    @cached_property
    def plain_name(self) -> str:
        return plain(f"{self.first_name} {self.last_name}") if self.first_name else ""

    @cached_property
    def plain_organisation(self) -> str:
        return plain(self.organisation)

    @cached_property
    def plain_administrations(self) -> tuple[str, ...]:
        return tuple(plain(name) for name in self.administrations)


@dataclass(frozen=True)
class Judged:
    """What is read or heard: the addresses and names of its people, its organisations, what they wrote."""

    emails: Collection[str]
    last_names: Collection[str] = ()
    organisations: Collection[str] = ()
    text: str = ""

    @cached_property
    def domains(self) -> frozenset[str]:
        return frozenset(_domain(email) for email in self.emails)

    @cached_property
    def plain_last_names(self) -> frozenset[str]:
        return frozenset(plain(name) for name in self.last_names)

    @cached_property
    def plain_organisations(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, plain(name)) for name in sorted(self.organisations))

    @cached_property
    def plain_text(self) -> str:
        return plain(self.text)


def conflict_hints(judge: Judge, judged: Judged) -> list[str]:
    """What to ask the person about, in words; nothing when no sign is found."""
    hints = []
    if shared := next((name for name in sorted(judged.domains) if _same_domain(judge.domain, name)), ""):
        hints.append(f"même domaine d’adresse électronique ({shared})")
    if judge.plain_last_name and judge.plain_last_name in judged.plain_last_names:
        hints.append("même nom de famille")
    if _cites(judged.plain_text, judge.plain_name):
        hints.append("le dossier cite son nom")
    employer = judge.plain_organisation
    if len(employer) >= SHORTEST_ORGANISATION and _cites(judged.plain_text, employer):
        hints.append(f"le dossier cite « {judge.organisation} »")
    for name, words in judged.plain_organisations:
        if _same_name(employer, words):
            hints.append(f"employeur : {name}")
        elif any(_same_name(other, words) for other in judge.plain_administrations):
            hints.append(f"porte un projet de la même administration : {name}")
    return hints


def _domain(email: str) -> str:
    return email.rpartition("@")[2].strip().lower()


def _same_domain(one: str, other: str) -> bool:
    """The same, or a part of the other (« dgfip.finances… » and « finances… »), unless everybody has it."""
    wide, narrow = sorted((one, other), key=len)
    return (
        bool(wide)
        and wide not in SHARED_DOMAINS
        and (narrow == wide or ("." in wide and narrow.endswith(f".{wide}")))
    )


def _cites(text: str, words: str) -> bool:
    """Whole words; both are plain."""
    return bool(words) and words in text and f" {words} " in f" {text} "


def _same_name(one: str, other: str) -> bool:
    """One name holds the other, as whole words."""
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST_ORGANISATION and _cites(long, short)
