"""From records to one `team` instance, written the same way whatever the order they came in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matching.stable.instance import SCHEMA
from matching.stable.lottery import draw_order

Pair = tuple[str, str]
"""(number of the application, number of the project)"""


@dataclass(frozen=True, slots=True)
class Candidate:
    number: str
    trades: tuple[str, ...]
    wishes: tuple[str, ...]
    """Project numbers, best first."""


@dataclass(frozen=True, slots=True)
class Project:
    number: str
    seats: Mapping[str, int]
    """Trade to number of seats."""


def team_instance(
    promotion: str,
    *,
    candidates: Iterable[Candidate],
    projects: Iterable[Project],
    scores: Mapping[Pair, int],
    seed: str,
    minimum: int,
    enforce: bool,
    pins: Iterable[Pair] = (),
    forbidden: Iterable[Pair] = (),
) -> dict[str, object]:
    """What the engine reads. No name, no gender, no origin: numbers, trades, wishes and scores only."""
    people = sorted(candidates, key=lambda one: one.number)
    places = sorted(projects, key=lambda one: one.number)
    known = {one.number for one in people}, {one.number for one in places}
    return {
        "schema": SCHEMA,
        "id": promotion,
        "kind": "team",
        "candidates": [
            {"id": one.number, "jobs": sorted(one.trades), "ranks": list(one.wishes)} for one in people
        ],
        "projects": [
            {
                "id": one.number,
                "slots": [{"job": trade, "count": seats} for trade, seats in sorted(one.seats.items())],
                "min_size": minimum,
            }
            for one in places
        ],
        "scores": [
            [candidate, project, score]
            for (candidate, project), score in sorted(scores.items())
            if candidate in known[0] and project in known[1]
        ],
        "lottery": list(draw_order(seed, known[0])),
        "project_lottery": list(draw_order(seed, known[1])),
        "pin": [list(pair) for pair in sorted(pins)],
        "forbid": [list(pair) for pair in sorted(forbidden)],
        "policy": {"min_size": "enforce" if enforce else "ignore"},
    }
