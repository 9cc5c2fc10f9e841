"""The candidate-optimal stable matching as a fixed point: in each round all who wait ask, then each team
chooses.

A team's choice is made afresh among those it held and those who ask: by priority, each person with whom those
already kept satisfy Hall's condition.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from matching.stable.proof.hall import Crew

Turn = tuple[int, ...]
"""What decides between two people at a project; the smaller goes first."""


@dataclass(frozen=True, slots=True)
class Contest:
    """Who may ask what, and what decides."""

    lists: Mapping[str, Sequence[str]]
    """Candidate to acceptable projects, best first."""
    crews: Mapping[str, Crew]
    jobs: Callable[[str, str], int]
    """The candidate's jobs in the project, as bits of its crew."""
    turn: Callable[[str, str], Turn]
    """Different for every candidate of a project."""

    def choose(self, project: str, people: Collection[str]) -> list[str]:
        kept: list[str] = []
        masks: list[int] = []
        for person in sorted(people, key=lambda person: self.turn(person, project)):
            mask = self.jobs(person, project)
            if self.crews[project].fits([*masks, mask]):
                kept.append(person)
                masks.append(mask)
        return kept

    def takes(self, project: str, team: Collection[str], newcomer: str) -> bool:
        """Whether the newcomer fits, as one more or in the place of one member of lower priority."""
        mask, turn = self.jobs(newcomer, project), self.turn(newcomer, project)
        masks = {member: self.jobs(member, project) for member in team}
        if self.crews[project].fits([*masks.values(), mask]):
            return True
        later = [member for member in team if self.turn(member, project) > turn]
        return any(
            self.crews[project].fits([mask, *(masks[other] for other in team if other != member)])
            for member in later
        )


@dataclass(slots=True)
class Rounds:
    """Where everybody stands; `asked` counts the projects of the list already gone through."""

    contest: Contest
    open: frozenset[str]
    asked: dict[str, int] = field(default_factory=dict)
    teams: dict[str, list[str]] = field(default_factory=dict)

    def assignment(self) -> dict[str, str]:
        return {person: project for project, team in self.teams.items() for person in team}

    def without(self, project: str) -> "Rounds":
        """The fixed point with one project fewer; refusals already made stand, the team looks elsewhere."""
        teams = {name: team for name, team in self.teams.items() if name != project}
        after = Rounds(self.contest, self.open - {project}, dict(self.asked), teams)
        after._settle(self.teams.get(project, []))
        return after

    def _settle(self, waiting: Sequence[str]) -> None:
        while letters := self._letters(waiting):
            refused: list[str] = []
            for project, newcomers in letters.items():
                everyone = self.teams.get(project, []) + newcomers
                self.teams[project] = self.contest.choose(project, everyone)
                refused += [person for person in everyone if person not in self.teams[project]]
            waiting = refused

    def _letters(self, waiting: Sequence[str]) -> dict[str, list[str]]:
        letters: dict[str, list[str]] = {}
        for person in waiting:
            wishes = self.contest.lists[person]
            asked = self.asked.get(person, 0)
            while asked < len(wishes) and wishes[asked] not in self.open:
                asked += 1
            if asked < len(wishes):
                letters.setdefault(wishes[asked], []).append(person)
            self.asked[person] = asked + 1
        return letters


def fixed_point(contest: Contest, *, opened: Collection[str]) -> Rounds:
    rounds = Rounds(contest, frozenset(opened))
    rounds._settle(list(contest.lists))
    return rounds
