"""The invented people, administrations, dossiers and words of the demonstration: frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """`gender` (« f » or « m ») only makes French agree; nothing of the process reads it."""

    first_name: str
    last_name: str
    gender: str
    email: str

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at their post, as the « person » question wants it."""

    person: Person
    function: str
    service: str
    phone: str

    @property
    def answer(self) -> dict[str, str]:
        return {
            "first_name": self.person.first_name,
            "last_name": self.person.last_name,
            "function": self.function,
            "service": self.service,
            "email": self.person.email,
            "phone": self.phone,
        }


@dataclass(frozen=True, slots=True)
class Administration:
    """`ministry` is the code of another administration, or empty; its agents have their mail at `domain`."""

    code: str
    name: str
    kind: str
    town: str
    postcode: str
    region: str
    ministry: str
    budget_programme: str
    former_host: bool
    siret: str
    domain: str

    @property
    def answer(self) -> dict[str, str]:
        return {"name": self.name, "siret": self.siret}


@dataclass(frozen=True, slots=True)
class Staff:
    person: Person
    function: str
    role: str


@dataclass(frozen=True, slots=True)
class Juror:
    """`panel` is project or application; `kind` agent, dinum, outside or alumni.

    `administration` is the code of an agent's employer, empty for the others; `trade` what they know best.
    """

    person: Person
    panel: str
    kind: str
    function: str
    employer: str
    administration: str
    trade: str


@dataclass(frozen=True, slots=True)
class Position:
    trade: str
    expertise: str
    must_have: str
    nice_to_have: str
    seats: int


@dataclass(frozen=True, slots=True)
class Project:
    """One dossier of the call for projects.

    `outcome` is kept, reserve, declined or ineligible; `strength` 1 to 5; `merit` the mean mark readers
    tend to, in hundredths of the scale; the public texts are empty unless kept.
    """

    key: str
    outcome: str
    outcome_reason: str
    strength: int
    operator: Administration
    beneficiary: Administration
    partners: tuple[Administration, ...]
    ministry: Administration | None
    themes: tuple[str, ...]
    sponsor: Contact
    lead: Contact
    positions: tuple[Position, ...]
    public_name: str
    tagline: str
    summary: tuple[str, ...]
    team_sought: str
    answers: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.answers["project_name"])

    @property
    def seats(self) -> int:
        return sum(position.seats for position in self.positions)

    @property
    def trades(self) -> frozenset[str]:
        return frozenset(position.trade for position in self.positions)

    @property
    def merit(self) -> int:
        if self.outcome == "kept":
            return 68 + 9 * (self.strength - 3)
        return {"reserve": 60, "ineligible": 30}.get(self.outcome, 22 + 9 * self.strength)


@dataclass(frozen=True, slots=True)
class Candidacy:
    """One dossier of the call for applications; `answers` holds every question but the files.

    `strength` is 0 to 100; `is_strong` marks the 103 to shortlist; `is_disputed` those that two readers
    judge very differently. `school` and the names are what a redaction must find.
    """

    key: str
    person: Person
    trades: tuple[str, ...]
    strength: int
    is_strong: bool
    is_disputed: bool
    region: str
    themes: tuple[str, ...]
    school: str
    has_portfolio: bool
    answers: Mapping[str, Any]

    @property
    def years(self) -> int:
        return int(self.answers["experience_years"])


@dataclass(frozen=True, slots=True)
class CvSection:
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preference:
    """What a shortlisted candidate ranks: project keys, best first, and a reason (or nothing) for each."""

    candidacy: str
    wishes: tuple[str, ...]
    reasons: tuple[str, ...]
    accepts_other: bool
    certifies: bool


@dataclass(frozen=True, slots=True)
class Remarks:
    """What readers of one grid write: sentences by criterion and level, and overall ones by verdict."""

    by_criterion: Mapping[str, Mapping[str, tuple[str, ...]]]
    by_verdict: Mapping[str, tuple[str, ...]]

    def by_level(self, criterion: str, mark: int) -> tuple[str, ...]:
        """Sentences that go with a mark: low up to 1, fair up to 3, high above."""
        return self.by_criterion[criterion]["low" if mark <= 1 else "fair" if mark <= 3 else "high"]

    def overall(self, verdict: str) -> tuple[str, ...]:
        """Sentences that go with an opinion; any opinion in between is one."""
        return self.by_verdict.get(verdict) or self.by_verdict["reserved"]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A team's week; `mood` goes from 1 (very hard) to 5 (excellent)."""

    project: str
    week: int
    mood: int
    priority: str
    worked: str
    hard: str
    help: str
