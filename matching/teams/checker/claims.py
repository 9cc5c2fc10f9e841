"""The optional parts of a result: roles, cut-offs, reasons, objective. What is written must be true."""

from collections.abc import Mapping

from matching.stable.instance import Pair
from matching.stable.proof.rounds import Rounds
from matching.stable.proof.verdict import Broken
from matching.stable.reading import BadInput, Field
from matching.teams.checker.case import Case


def check_claims(case: Case, *, rounds: Rounds, result: Field) -> None:
    """Raises Broken at the first claim that is false."""
    claims = _Claims(case, rounds)
    for name, check in (
        ("roles", claims.check_roles),
        ("cutoffs", claims.check_cutoffs),
        ("reasons", claims.check_reasons),
        ("objective", claims.check_objective),
    ):
        if (given := result.find(name)) is not None:
            try:
                check(given)
            except BadInput as refusal:
                raise Broken(name, str(refusal)) from refusal


class _Claims:
    def __init__(self, case: Case, rounds: Rounds) -> None:
        self.case = case
        self.instance = case.instance
        self.rounds = rounds
        self.assignment = rounds.assignment()

    def check_roles(self, given: Field) -> None:
        roles = {candidate: field.text() for candidate, field in given.members()}
        if missing := sorted(self.assignment.keys() ^ roles.keys()):
            raise given.refuse(f"{missing[0]!r} has a role without a project, or a project without a role")
        taken: dict[Pair, int] = {}
        for candidate, job in roles.items():
            project = self.assignment[candidate]
            if job not in self.instance.candidates[candidate].jobs:
                raise given.refuse(f"{candidate!r} does not have the job {job!r}")
            taken[project, job] = taken.get((project, job), 0) + 1
            if taken[project, job] > self.instance.projects[project].places.get(job, 0):
                raise given.refuse(f"{project!r} has more people than places as {job!r}")

    def check_cutoffs(self, given: Field) -> None:
        """Cut-offs of a closed project or of a job without a place mean nothing; nothing is asked of them."""
        shown = {project: field.value for project, field in given.members()}
        for project in sorted(self.rounds.open):
            jobs = shown.get(project)
            for job in sorted(self.instance.projects[project].places):
                expected = self._cutoff(project, job)
                if not isinstance(jobs, Mapping) or job not in jobs:
                    raise given.refuse(f"{project!r} shows none for {job!r}")
                if not _same(jobs[job], expected):
                    raise given.refuse(f"{project!r} as {job!r} is {expected!r}, not {jobs[job]!r}")

    def check_reasons(self, given: Field) -> None:
        shown = {candidate: field.value for candidate, field in given.members()}
        if unknown := sorted(shown.keys() - self.instance.candidates.keys()):
            raise given.refuse(f"{unknown[0]!r} is no candidate")
        for name, candidate in self.instance.candidates.items():
            codes = shown.get(name, {})
            expected = {project: self._reason((name, project)) for project in candidate.ranks}
            if not isinstance(codes, Mapping) or codes.keys() != expected.keys():
                raise given.refuse(f"those of {name!r} are not one for each project ranked")
            for project, code in expected.items():
                if codes[project] != code:
                    raise given.refuse(f"{name!r} and {project!r} are {code!r}, not {codes[project]!r}")

    def check_objective(self, given: Field) -> None:
        """Only when minimum sizes are enforced; without them there is nothing to choose."""
        if not self.instance.enforce:
            return
        opened, placed, profile, flags = given.items_of("open", "placed", "profile", "flags")
        counts = [field.integer() for field in profile.items()]
        while counts and not counts[-1]:
            counts.pop()
        expected = self.case.worth(self.rounds)
        short_profile = list(expected[2])
        while short_profile and not short_profile[-1]:
            short_profile.pop()
        shown_flags = [field.value in (1, True) for field in flags.items()]
        shown = (opened.integer(), placed.integer(), counts, shown_flags)
        if shown != (expected[0], expected[1], short_profile, [bool(flag) for flag in expected[3]]):
            raise given.refuse(f"it is {expected!r}")

    def _to_beat(self, project: str, mask: int) -> str | None:
        """Of the members each of whom could leave to make room for these jobs, the last by priority; None:
        there is room.
        """
        crew, team = self.case.crews[project], self.rounds.teams.get(project, [])
        if crew.fits([*self.case.team_masks(project, team), mask]):
            return None
        replaceable = [
            member
            for member in team
            if crew.fits([mask, *self.case.team_masks(project, [other for other in team if other != member])])
        ]
        return max(replaceable, key=lambda member: self.case.turn(member, project))

    def _cutoff(self, project: str, job: str) -> list[int] | str | None:
        member = self._to_beat(project, self.case.crews[project].mask([job]))
        if member is None:
            return None
        if member in self.case.pins:
            return "pinned"
        return [self.instance.scores[member, project], self.instance.draw[member]]

    def _reason(self, pair: Pair) -> str:
        candidate, project = pair
        got = self.assignment.get(candidate)
        if got == project:
            return "assigned"
        if refusal := self.case.refusal(pair):
            return refusal
        ranks = self.instance.candidates[candidate].ranks
        if candidate in self.case.pins:
            return "pinned_elsewhere"
        if got is not None and ranks.index(got) < ranks.index(project):
            return "not_reached"
        if project not in self.rounds.open:
            return "project_closed"
        member = self._to_beat(project, self.case.jobs(candidate, project))
        if member is None or member in self.case.pins:
            return "filled_by_staff_decision"
        same = self.instance.scores[member, project] == self.instance.scores[pair]
        return "outranked_by_lottery" if same else "outranked"


def _same(shown: object, expected: list[int] | str | None) -> bool:
    if isinstance(shown, list | tuple):
        return (
            isinstance(expected, list)
            and list(shown) == expected
            and not any(isinstance(x, bool) for x in shown)
        )
    return shown == expected
