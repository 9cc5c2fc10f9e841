"""Which projects open when each needs a minimum of people: the exact best set by the published objective.

Call a set of open projects feasible when its candidate-optimal matching gives each its minimum. Closing a
project only adds offers elsewhere, hence shrinks no other team: every subset of a feasible set is feasible.
The infeasible sets are thus described by the minimal ones, here *conflicts*, and an answer closes at least
one project of every conflict. The search finds conflicts as it meets them, branches on their members, and
cuts a branch by what no subset can exceed: closing projects makes no candidate better off, so the number
placed and the rank profile only go down.
"""

from dataclasses import dataclass, field
from itertools import accumulate

from matching.stable.deferred import Outcome, close, deferred_acceptance
from matching.stable.staffing import greedy_choice
from matching.teams.engine.market import TeamMarket

PROFILE_LENGTH = 5
"""First choices, second choices, ... as many as the promotion lets a candidate rank."""

TRIED = 3
"""Short projects for which a conflict is sought before the narrowest is taken; exact whatever the number."""

_NEVER = 1 << 30
"""More closures than there can be projects: a conflict lies wholly among those to keep."""

Worth = tuple[int, int, tuple[int, ...], tuple[int, ...]]
"""Open projects, candidates placed, rank profile, open flags in the order of the draw; the greater wins."""


def worth(teams: TeamMarket, *, outcome: Outcome) -> Worth:
    profile = [0] * PROFILE_LENGTH
    placed = 0
    for person, _ in outcome.places():
        placed += 1
        rank = teams.ranks[person][outcome.turns[person] - 1]
        if rank is not None and rank < PROFILE_LENGTH:
            profile[rank] += 1
    flags = tuple(outcome.open >> project & 1 for project in range(len(teams.projects)))
    return outcome.open.bit_count(), placed, tuple(profile), flags


def best_opening(teams: TeamMarket) -> Outcome | None:
    """The outcome of the best set of open projects, None when the pins ask for a project that cannot live.

    Exact. The problem is NP-hard in general; `benchmarks/algorithms.py` counts the runs of
    deferred acceptance.
    """
    search = Search(teams)
    search.run()
    return search.best


@dataclass(slots=True)
class Search:
    teams: TeamMarket
    best: Outcome | None = None
    best_worth: Worth | None = None
    conflicts: list[int] = field(default_factory=list)
    """Minimal infeasible sets met so far, as bits."""
    runs: int = 0
    """How many times deferred acceptance ran or was continued."""

    def run(self) -> None:
        market, forced = self.teams.market, self.teams.forced
        hopeless = self._hopeless()
        self.runs += 2
        if hopeless & forced or self._short(deferred_acceptance(market, opened=forced)):
            return
        everything = deferred_acceptance(market, opened=market.everything & ~hopeless)
        self._pack(everything)
        self._explore(everything, keep=forced, alive=self.conflicts.copy())

    def _hopeless(self) -> int:
        """The projects that would be short if they were alone, and nobody competed."""
        return sum(
            1 << project
            for project, desk in enumerate(self.teams.market.desks)
            if len(greedy_choice(desk.usable, desk=desk)) < self.teams.minimum[project]
        )

    def _explore(self, outcome: Outcome, *, keep: int, alive: list[int]) -> None:
        """Find the best feasible set among the subsets of the open one that contain `keep`.

        `alive` are the conflicts already met that lie inside the open set.
        """
        if self._is_beaten(outcome, keep=keep, alive=alive):
            return
        if not alive:
            short = self._short(outcome)
            if not short:
                self.best, self.best_worth = outcome, worth(self.teams, outcome=outcome)
                return
            alive = [self._conflict(outcome, short=short, keep=keep)]
        known = len(self.conflicts)
        narrowest = min((conflict & ~keep for conflict in alive), key=lambda rest: (rest.bit_count(), rest))
        for project in self._in_order(narrowest, outcome=outcome):
            opened = outcome.open & ~(1 << project)
            met_since = [conflict for conflict in self.conflicts[known:] if not conflict & ~opened]
            alive_after = [conflict for conflict in alive if not conflict >> project & 1] + met_since
            if not self._has_too_few(opened, keep=keep, alive=alive_after):
                self._explore(self._close(outcome, project), keep=keep, alive=alive_after)
            keep |= 1 << project

    def _pack(self, outcome: Outcome) -> None:
        """Begin with conflicts that share no project: each of them costs a closure of its own."""
        while short := self._short(outcome):
            conflict = self._conflict(outcome, short=short, keep=self.teams.forced)
            for project in _bits(conflict):
                outcome = self._close(outcome, project)

    def _conflict(self, outcome: Outcome, *, short: list[int], keep: int) -> int:
        """A minimal infeasible subset of the open set, with as few projects outside `keep` as are found."""
        shortest = self._in_order(sum(1 << project for project in short), outcome=outcome)[:TRIED]
        found = [self._conflict_around(outcome, project=project, keep=keep) for project in shortest]
        conflict = min(found, key=lambda each: ((each & ~keep).bit_count(), each))
        self.conflicts.append(conflict)
        return conflict

    def _conflict_around(self, outcome: Outcome, *, project: int, keep: int) -> int:
        """Close in turn whatever leaves the project short: what then remains open is what it suffers from."""
        others = _bits(outcome.open & ~(1 << project))
        for other in sorted(others, key=lambda other: keep >> other & 1):
            without = self._close(outcome, other)
            if without.size(project) < self.teams.minimum[project]:
                outcome = without
        return outcome.open

    def _is_beaten(self, outcome: Outcome, *, keep: int, alive: list[int]) -> bool:
        if self.best_worth is None:
            return False
        _, placed, profile, flags = worth(self.teams, outcome=outcome)
        most_open = outcome.open.bit_count() - _closures_needed(alive, keep=keep)
        most_open = min(most_open, self._staffed_by(placed, opened=outcome.open))
        return (most_open, placed, profile, flags) <= self.best_worth

    def _staffed_by(self, people: int, *, opened: int) -> int:
        """How many of the open projects so many people could bring to their minimum, at the very best."""
        minima = accumulate(sorted(self.teams.minimum[project] for project in _bits(opened)))
        return sum(total <= people for total in minima)

    def _has_too_few(self, opened: int, *, keep: int, alive: list[int]) -> bool:
        """Whether the conflicts alone show that no feasible subset can open as many projects as the best."""
        if self.best_worth is None:
            return False
        return opened.bit_count() - _closures_needed(alive, keep=keep) < self.best_worth[0]

    def _in_order(self, projects: int, *, outcome: Outcome) -> list[int]:
        """The shortest team first, then the last in the draw: a good answer early cuts more."""
        missing = self.teams.minimum
        return sorted(_bits(projects), key=lambda p: (outcome.size(p) - missing[p], -p))

    def _short(self, outcome: Outcome) -> list[int]:
        return [p for p in _bits(outcome.open) if outcome.size(p) < self.teams.minimum[p]]

    def _close(self, outcome: Outcome, project: int) -> Outcome:
        self.runs += 1
        return close(self.teams.market, outcome=outcome, desk=project)


def _closures_needed(conflicts: list[int], *, keep: int) -> int:
    """At least so many closures: the conflicts that share no project outside `keep`, packed greedily."""
    needed = used = 0
    for rest in sorted((conflict & ~keep for conflict in conflicts), key=int.bit_count):
        if not rest:
            return _NEVER
        if not rest & used:
            used |= rest
            needed += 1
    return needed


def _bits(number: int) -> list[int]:
    return [bit for bit in range(number.bit_length()) if number >> bit & 1]
