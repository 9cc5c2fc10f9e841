"""Past promotions: published figures as stored values, invented projects, invented alumni."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rehearsal.corpus.people import SEED, Names
from rehearsal.corpus.records import Person
from rehearsal.corpus.sources import agree, seeded


@dataclass(frozen=True, slots=True)
class PastPromotion:
    """Published figures, kept as they were published; empty when none was found."""

    code: str
    name: str
    number: int
    programme: str
    starts: str
    ends: str
    months: str
    projects: int
    members: int
    leads: int
    projects_received: str
    projects_heard: str
    applications_received: str
    candidates_heard: str
    contract: str
    employer: str
    pay: str
    cofinancing: str


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """`promotion` is empty for a figure of the whole programme."""

    promotion: str
    code: str
    label: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class PastProject:
    """What became of it: `outcome` is production, planned or stopped; `future` says by whom.

    `future` is team, contractors, other_scheme, other_administration or none.
    """

    promotion: str
    title: str
    summary: str
    administration: str
    town: str
    themes: tuple[str, ...]
    trades: tuple[str, ...]
    outcome: str
    future: str


@dataclass(frozen=True, slots=True)
class Alumnus:
    person: Person
    promotion: str
    project: str
    trade: str
    town: str
    now: str
    about: str
    offers: tuple[str, ...]


@cache
def _history() -> Mapping[str, Any]:
    return tomllib.loads(files("demo").joinpath("data", "history.toml").read_text(encoding="utf-8"))


@cache
def load_past_promotions() -> tuple[PastPromotion, ...]:
    """EIG 1 to 5 and the designers' promotion, oldest first."""
    return tuple(
        PastPromotion(programme="dig" if item["code"] == "dig" else "eig", **item)
        for item in _history()["promotions"]
    )


@cache
def load_figures() -> tuple[PublishedFigure, ...]:
    return tuple(PublishedFigure(**item) for item in _history()["figures"])


@cache
def load_past_projects() -> tuple[PastProject, ...]:
    return tuple(
        PastProject(**{**item, "themes": tuple(item["themes"]), "trades": tuple(item["trades"])})
        for item in _history()["projects"]
    )


@cache
def generate_alumni(seed: int = SEED) -> tuple[Alumnus, ...]:
    names = Names(seeded(f"{seed}/alumni"), "alumni")
    found = []
    for item in _history()["alumni"]:
        person = names.draw()
        found.append(
            Alumnus(
                person=person,
                **{**item, "now": agree(item["now"], person.gender), "offers": tuple(item["offers"])},
            )
        )
    return tuple(found)
