"""What a result says: figures for comparison, what changes from one to another, one's own standing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Instance = Mapping[str, Any]
Result = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one scenario. Nothing here tells who people are; parity is never shown by algorithm."""

    people: int
    placed: int
    seats: int
    choices: tuple[int, ...]
    """People who get their first wish, their second… up to the fifth."""
    outside_wishes: int
    projects: int
    closed: tuple[str, ...]
    lowest_score: int | None
    """On the common scale, staff decisions left aside."""
    feasible: bool

    @property
    def opened(self) -> int:
        return self.projects - len(self.closed) if self.feasible else 0

    @property
    def empty_seats(self) -> int:
        return self.seats - self.placed

    @property
    def unplaced(self) -> int:
        return self.people - self.placed


def figures(instance: Instance, result: Result) -> Figures:
    """An infeasible result places nobody."""
    ranks = {one["id"]: one["ranks"] for one in instance["candidates"]}
    scores = {(candidate, project): score for candidate, project, score in instance["scores"]}
    pinned = {candidate for candidate, _ in instance["pin"]}
    assignment: Mapping[str, str] = result.get("assignment", {})
    wishes = Counter(
        ranks[candidate].index(project) if project in ranks[candidate] else None
        for candidate, project in assignment.items()
    )
    used = [scores[pair] for pair in assignment.items() if pair in scores and pair[0] not in pinned]
    return Figures(
        people=len(ranks),
        placed=len(assignment),
        seats=sum(slot["count"] for project in instance["projects"] for slot in project["slots"]),
        choices=tuple(wishes[rank] for rank in range(5)),
        outside_wishes=len(assignment) - sum(wishes[rank] for rank in range(5)),
        projects=len(instance["projects"]),
        closed=tuple(sorted(result.get("closed", ()))),
        lowest_score=min(used, default=None),
        feasible=result.get("status") == "ok",
    )


@dataclass(frozen=True, slots=True)
class Move:
    candidate: str
    before: str | None
    after: str | None
    verdict: str
    """"better", "worse" or "other" (a change between two projects that the person did not rank)."""


@dataclass(frozen=True, slots=True)
class Changes:
    moves: tuple[Move, ...]
    opened: tuple[str, ...]
    closed: tuple[str, ...]

    @property
    def better(self) -> int:
        return sum(move.verdict == "better" for move in self.moves)

    @property
    def worse(self) -> int:
        return sum(move.verdict == "worse" for move in self.moves)


def changes(instance: Instance, *, before: Result, after: Result) -> Changes:
    """Who gains and who loses from one result to another, by the wishes of `instance`; teams too."""
    wishes = {one["id"]: one["ranks"] for one in instance["candidates"]}
    was: Mapping[str, str] = before.get("assignment", {})
    now: Mapping[str, str] = after.get("assignment", {})
    moved = sorted(name for name in {*was, *now} if was.get(name) != now.get(name))
    shut_before, shut_after = set(before.get("closed", ())), set(after.get("closed", ()))
    return Changes(
        moves=tuple(
            Move(
                name,
                was.get(name),
                now.get(name),
                _verdict(wishes.get(name, []), was.get(name), now.get(name)),
            )
            for name in moved
        ),
        opened=tuple(sorted(shut_before - shut_after)),
        closed=tuple(sorted(shut_after - shut_before)),
    )


def _verdict(wishes: list[str], before: str | None, after: str | None) -> str:
    """A wished project, best first; then a project not wished; then nothing."""

    def worth(project: str | None) -> int:
        if project is None:
            return len(wishes) + 1
        return wishes.index(project) if project in wishes else len(wishes)

    if worth(before) == worth(after):
        return "other"
    return "better" if worth(after) < worth(before) else "worse"


@dataclass(frozen=True, slots=True)
class Standing:
    rank: int
    """From 1, ties broken by the draw."""
    heard: int


def standing_of(
    candidate: str, *, project: str, scores: Iterable[tuple[str, str, int]], lottery: Iterable[str]
) -> Standing | None:
    """One's own place among those heard for a project; None without a score there."""
    drawn = {name: position for position, name in enumerate(lottery)}
    order = sorted((-score, drawn[name], name) for name, where, score in scores if where == project)
    names = [name for _, _, name in order]
    return Standing(names.index(candidate) + 1, len(names)) if candidate in names else None
