"""What is written of an outcome: who is where, in which role, and why not elsewhere."""

from collections.abc import Mapping

from matching.stable.deferred import Outcome
from matching.stable.instance import Pair
from matching.stable.staffing import Roster, rivals, staff
from matching.teams.engine.instance import TeamInstance
from matching.teams.engine.market import TeamMarket
from matching.teams.engine.opening import worth

CutOff = list[int] | str | None
"""[score, position in the draw] of the member to beat, "pinned", or None when one more person fits."""


def report(teams: TeamMarket, *, outcome: Outcome) -> dict[str, object]:
    story = _Story(teams, outcome)
    result: dict[str, object] = {
        "status": "ok",
        "assignment": dict(sorted(story.assignment.items())),
        "closed": [name for number, name in enumerate(teams.projects) if not outcome.open >> number & 1],
        "roles": dict(sorted(story.roles().items())),
        "cutoffs": story.cutoffs(),
        "reasons": story.reasons(),
    }
    if teams.instance.enforce:
        opened, placed, profile, flags = worth(teams, outcome=outcome)
        result["objective"] = [opened, placed, list(profile), list(flags)]
    return result


class _Story:
    def __init__(self, teams: TeamMarket, outcome: Outcome) -> None:
        self.teams = teams
        self.instance: TeamInstance = teams.instance
        self.open = {name: number for number, name in enumerate(teams.projects) if outcome.open >> number & 1}
        self.job_number = {job: number for number, job in enumerate(teams.jobs)}
        self.pins: Mapping[str, str] = dict(teams.instance.pins)
        self.assignment = {teams.people[person]: teams.projects[desk] for person, desk in outcome.places()}
        self.rosters = [self._roster(desk, outcome.rosters[desk]) for desk in range(len(teams.projects))]

    def _roster(self, project: int, roster: Roster) -> Roster:
        """The same team with the roles found by priority, which do not depend on who proposed when."""
        desk = self.teams.market.desks[project]
        staffed = staff(sorted(roster, key=desk.priority.__getitem__), desk=desk)
        assert staffed is not None, "a team formed by deferred acceptance can be staffed"
        return staffed

    def roles(self) -> dict[str, str]:
        return {
            self.teams.people[who]: self.teams.jobs[job]
            for roster in self.rosters
            for who, job in roster.items()
        }

    def cutoffs(self) -> dict[str, dict[str, CutOff]]:
        """For each open project, for each job it has a place in: whom a newcomer with that job alone must
        beat.
        """
        return {
            name: {job: self._cutoff(name, self._to_beat(name, [job])) for job in sorted(project.places)}
            for name, project in sorted(self.instance.projects.items())
            if name in self.open
        }

    def _cutoff(self, project: str, member: str | None) -> CutOff:
        if member is None:
            return None
        if member in self.pins:
            return "pinned"
        return [self.instance.scores[member, project], self.instance.draw[member]]

    def _to_beat(self, project: str, jobs: list[str]) -> str | None:
        """The member of lowest priority who could make room for these jobs; None when there is room."""
        number = self.open[project]
        desk = self.teams.market.desks[number]
        crowd = rivals(self.rosters[number], desk=desk, jobs=[self.job_number[job] for job in jobs])
        return None if crowd is None else self.teams.people[max(crowd, key=desk.priority.__getitem__)]

    def reasons(self) -> dict[str, dict[str, str]]:
        return {
            name: {project: self._reason((name, project)) for project in dict.fromkeys(candidate.ranks)}
            for name, candidate in sorted(self.instance.candidates.items())
        }

    def _reason(self, pair: Pair) -> str:
        """The first code that applies, in the published order."""
        candidate, project = pair
        if self.assignment.get(candidate) == project:
            return "assigned"
        return self._unacceptable(pair) or self._out_of_reach(pair) or self._outranked(pair)

    def _unacceptable(self, pair: Pair) -> str | None:
        if pair[1] not in self.instance.projects:
            return "unknown_project"
        if pair in self.instance.forbidden:
            return "forbidden"
        if not self.instance.usable(pair):
            return "no_matching_role"
        return None if pair in self.instance.scores else "no_score"

    def _out_of_reach(self, pair: Pair) -> str | None:
        candidate, project = pair
        if candidate in self.pins:
            return "pinned_elsewhere"
        ranks = self.instance.candidates[candidate].ranks
        obtained = self.assignment.get(candidate)
        if obtained is not None and ranks.index(obtained) < ranks.index(project):
            return "not_reached"
        return None if project in self.open else "project_closed"

    def _outranked(self, pair: Pair) -> str:
        project = pair[1]
        member = self._to_beat(project, self.instance.usable(pair))
        assert member is not None, "a project with room for someone it refused is no stable matching"
        if member in self.pins:
            return "filled_by_staff_decision"
        same_score = self.instance.scores[member, project] == self.instance.scores[pair]
        return "outranked_by_lottery" if same_score else "outranked"
