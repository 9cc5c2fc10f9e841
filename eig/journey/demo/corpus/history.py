"""Past promotions: published figures as stored values, invented projects, invented alumni."""

from functools import cache

from eig.journey.demo.corpus.people import SEED, Names
from eig.journey.demo.corpus.records import Alumnus, PastProject, PastPromotion, PublishedFigure
from eig.journey.demo.corpus.sources import agree, read, seeded


@cache
def load_past_promotions() -> tuple[PastPromotion, ...]:
    """EIG 1 to 5 and the designers' promotion, oldest first."""
    return tuple(
        PastPromotion(programme="dig" if item["code"] == "dig" else "eig", **item)
        for item in read("history.toml")["promotions"]
    )


@cache
def load_figures() -> tuple[PublishedFigure, ...]:
    return tuple(PublishedFigure(**item) for item in read("history.toml")["figures"])


@cache
def load_past_projects() -> tuple[PastProject, ...]:
    return tuple(
        PastProject(**{**item, "themes": tuple(item["themes"]), "trades": tuple(item["trades"])})
        for item in read("history.toml")["projects"]
    )


@cache
def generate_alumni(seed: int = SEED) -> tuple[Alumnus, ...]:
    names = Names(seeded(f"{seed}/alumni"), "alumni")
    found = []
    for item in read("history.toml")["alumni"]:
        person = names.draw()
        found.append(
            Alumnus(
                person=person,
                **{**item, "now": agree(item["now"], person.gender), "offers": tuple(item["offers"])},
            )
        )
    return tuple(found)
