"""A `team` instance as its checker sees it: names, Hall's condition, pins already put into the lists."""

from collections.abc import Collection
from functools import cached_property

from matching.stable.instance import Pair
from matching.stable.proof.hall import Crew
from matching.stable.proof.rounds import Contest, Rounds, Turn, fixed_point
from matching.teams.engine.instance import TeamInstance

PROFILE_LENGTH = 5

Worth = tuple[int, int, tuple[int, ...], tuple[int, ...]]
"""Open projects, candidates placed, rank profile, open flags in the order of the draw; the greater wins."""


class Case:
    def __init__(self, instance: TeamInstance) -> None:
        self.instance = instance
        self.pins = dict(instance.pins)
        self.pinned_projects = frozenset(self.pins.values())
        self.crews = {name: Crew(project.places) for name, project in instance.projects.items()}
        self._jobs: dict[Pair, int] = {}

    @cached_property
    def contest(self) -> Contest:
        lists = {
            name: [self.pins[name]] if name in self.pins else self.wishes(name)
            for name in self.instance.candidates
        }
        return Contest(lists=lists, crews=self.crews, jobs=self.jobs, turn=self.turn)

    def jobs(self, candidate: str, project: str) -> int:
        pair = candidate, project
        if pair not in self._jobs:
            self._jobs[pair] = self.crews[project].mask(self.instance.candidates[candidate].jobs)
        return self._jobs[pair]

    def turn(self, candidate: str, project: str) -> Turn:
        if self.pins.get(candidate) == project:
            return 0, 0, self.instance.draw[candidate]
        return 1, -self.instance.scores[candidate, project], self.instance.draw[candidate]

    def wishes(self, candidate: str) -> list[str]:
        """The acceptable projects of someone who is not pinned, best first, each once."""
        ranked = dict.fromkeys(self.instance.candidates[candidate].ranks)
        return [project for project in ranked if self.refusal((candidate, project)) is None]

    def refusal(self, pair: Pair) -> str | None:
        """Why the pair could never be, whatever the others do, for someone who is not pinned."""
        candidate, project = pair
        if project not in self.instance.projects:
            return "unknown_project"
        if pair in self.instance.forbidden:
            return "forbidden"
        if not self.jobs(candidate, project):
            return "no_matching_role"
        return None if pair in self.instance.scores else "no_score"

    def team_masks(self, project: str, team: Collection[str]) -> list[int]:
        return [self.jobs(member, project) for member in team]

    def minimum(self, project: str) -> int:
        return self.instance.projects[project].min_size if self.instance.enforce else 0

    def short(self, rounds: Rounds) -> list[str]:
        """The open projects below their minimum, in the order of the draw."""
        return [
            project
            for project in self.instance.project_draw
            if project in rounds.open and len(rounds.teams.get(project, ())) < self.minimum(project)
        ]

    def optimum(self, opened: Collection[str]) -> Rounds:
        return fixed_point(self.contest, opened=opened)

    def worth(self, rounds: Rounds) -> Worth:
        assignment = rounds.assignment()
        ranks = [self.instance.candidates[who].rank_of(where) for who, where in assignment.items()]
        return (
            len(rounds.open),
            len(assignment),
            tuple(ranks.count(rank) for rank in range(PROFILE_LENGTH)),
            tuple(int(project in rounds.open) for project in self.instance.project_draw),
        )

    def has_solution(self) -> bool:
        """Whether every pin can be honoured, with the projects concerned at their minimum.

        It is enough to open these projects alone: whatever else opens takes people from them.
        """
        if len(self.pins) < len(self.instance.pins):
            return False
        if any(pair in self.instance.forbidden or not self.jobs(*pair) for pair in self.instance.pins):
            return False
        for project in self.pinned_projects:
            team = [who for who, where in self.pins.items() if where == project]
            if not self.crews[project].fits(self.team_masks(project, team)):
                return False
        return not self.short(self.optimum(self.pinned_projects))
