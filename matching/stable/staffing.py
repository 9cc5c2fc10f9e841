"""Who can work together: the transversal matroid of a team's places, one augmenting path at a time.

A set of people can staff a team when each can be given a place in one of their usable jobs, all at once. A
newcomer is seated by shifting others from job to job; when no place can be freed, the people met on the way
and the newcomer are one too many (the circuit of the matroid), and whichever of them has the lowest priority
is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Roster = dict[int, int]
"""Person to job, for the members of one team."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What one team offers and whom it may take. People and jobs are numbers."""

    places: Mapping[int, int]
    """Job to number of places."""
    usable: Mapping[int, tuple[int, ...]]
    """Acceptable person to the jobs they could have here, never empty."""
    priority: Mapping[int, int]
    """Acceptable person to their turn, all different; the smallest goes first."""


def seat(roster: Roster, *, desk: Desk, newcomer: int) -> int | None:
    """Let the newcomer in, shifting roles; return the one left out (newcomer or member), None when all fit.

    Roles are shifted along a shortest chain. Steps: members x jobs of the desk.
    """
    came_from, reached, free = _reach(roster, desk=desk, jobs=desk.usable[newcomer], person=newcomer)
    if free is not None:
        _shift(roster, came_from=came_from, freed=free, newcomer=newcomer)
        return None
    weakest = max(reached, key=desk.priority.__getitem__, default=newcomer)
    if desk.priority[weakest] < desk.priority[newcomer]:
        return newcomer
    freed = roster.pop(weakest)
    _shift(roster, came_from=came_from, freed=freed, newcomer=newcomer)
    return weakest


def rivals(roster: Roster, *, desk: Desk, jobs: Iterable[int]) -> list[int] | None:
    """The members of whom one must leave before a newcomer with these jobs fits; None when the newcomer just
    fits.
    """
    _, reached, free = _reach(roster, desk=desk, jobs=jobs, person=-1)
    return reached if free is None else None


def staff(people: Iterable[int], *, desk: Desk) -> Roster | None:
    """A role for everyone, or None when there is none. The roles depend on the order of the people alone."""
    roster: Roster = {}
    for person in people:
        if seat(roster, desk=desk, newcomer=person) is not None:
            return None
    return roster


def greedy_choice(people: Iterable[int], *, desk: Desk) -> Roster:
    """The team's choice: by priority, each person with whom those already kept still staff the team."""
    roster: Roster = {}
    for person in sorted(people, key=desk.priority.__getitem__):
        seat(roster, desk=desk, newcomer=person)
    return roster


def _reach(
    roster: Roster, *, desk: Desk, jobs: Iterable[int], person: int
) -> tuple[dict[int, int], list[int], int | None]:
    """Walk breadth first from the jobs of a person who stands outside, through those who hold them.

    Returns who would move into each job reached, the members met, and the first job with a free place if any.
    """
    came_from = dict.fromkeys(jobs, person)
    queue = list(came_from)
    reached: list[int] = []
    for job in queue:
        holders = [member for member, held in roster.items() if held == job]
        if len(holders) < desk.places[job]:
            return came_from, reached, job
        reached += holders
        for member in holders:
            for other in desk.usable[member]:
                if other not in came_from:
                    came_from[other] = member
                    queue.append(other)
    return came_from, reached, None


def _shift(roster: Roster, *, came_from: dict[int, int], freed: int, newcomer: int) -> None:
    """Move people along the chain that ends in the freed job, the newcomer first of the chain."""
    while (mover := came_from[freed]) != newcomer:
        roster[mover], freed = freed, roster[mover]
    roster[newcomer] = freed
