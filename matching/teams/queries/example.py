"""The example of the algorithm page, run by the real engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from matching.teams.choices import Reason
from matching.teams.engine import solve_team


@dataclass(frozen=True, slots=True)
class PlayedWish:
    project: str
    mark: Decimal
    sentence: str


@dataclass(frozen=True, slots=True)
class PlayedPerson:
    name: str
    project: str
    wishes: tuple[PlayedWish, ...]


SENTENCES = {
    Reason.ASSIGNED: "obtient ce projet",
    Reason.OUTRANKED: "la place est prise par une personne mieux notée",
    Reason.OUTRANKED_BY_LOTTERY: "à égalité de note : le tirage (ici, l’ordre du tableau) a départagé",
    Reason.NOT_REACHED: "pas examiné : un vœu placé plus haut est obtenu",
}


def played(instance: Mapping[str, Any]) -> list[PlayedPerson]:
    """Who obtains what, and why, in the order of the example."""
    result: Mapping[str, Any] = solve_team(instance)
    marks = {(person, project): Decimal(score) / 10 for person, project, score in instance["scores"]}
    return [
        PlayedPerson(
            name=one["id"],
            project=result["assignment"].get(one["id"], ""),
            wishes=tuple(
                PlayedWish(
                    project=project,
                    mark=marks[one["id"], project],
                    sentence=SENTENCES[Reason(result["reasons"][one["id"]][project])],
                )
                for project in one["ranks"]
            ),
        )
        for one in instance["candidates"]
    ]
