"""The checks of a `team` result, cheapest first; the first that fails is the verdict."""

from collections.abc import Mapping

from matching.stable.proof.rounds import Rounds
from matching.stable.proof.verdict import Broken, Verdict, verdict_of
from matching.stable.reading import BadInput, Field
from matching.teams.checker.case import Case
from matching.teams.checker.claims import check_claims
from matching.teams.checker.opening import better_opening
from matching.teams.engine.instance import read_team


def check_team(raw: Mapping[str, object], result: object) -> Verdict:
    """Whether the result is the one that the published rules give for the instance.

    Raises BadInput when the instance, not the result, is malformed.
    """
    case = Case(read_team(raw))
    return verdict_of(lambda: _check(case, result))


def _check(case: Case, result: object) -> None:
    root = Field(result, "result")
    status, assignment, closed = _read(root)
    if (status == "ok") != case.has_solution():
        raise Broken(
            "status", "The instance has a solution." if status != "ok" else "The pins cannot all be honoured."
        )
    if status == "ok":
        _check_names(case, assignment=assignment, closed=closed)
        _check_pairs(case, assignment=assignment, closed=closed)
        _check_teams(case, assignment=assignment, closed=closed)
        _check_stability(case, assignment=assignment, closed=closed)
        rounds = _check_optimality(case, assignment=assignment, closed=closed)
        check_claims(case, rounds=rounds, result=root)


def _read(root: Field) -> tuple[str, dict[str, str], list[str]]:
    try:
        status = root.get("status").one_of("ok", "infeasible")
        if status != "ok":
            return status, {}, []
        assignment = {candidate: field.text() for candidate, field in root.get("assignment").members()}
        return status, assignment, list(root.get("closed").texts())
    except BadInput as refusal:
        raise Broken("shape", str(refusal)) from refusal


def _check_names(case: Case, *, assignment: Mapping[str, str], closed: list[str]) -> None:
    for candidate, project in assignment.items():
        if candidate not in case.instance.candidates or project not in case.instance.projects:
            raise Broken("unknown_id", f"{candidate!r} in {project!r}: one of them is not in the instance.")
    if len(closed) != len(set(closed)) or not set(closed) <= case.instance.projects.keys():
        raise Broken("unknown_id", "`closed` names a project twice, or one that is not in the instance.")


def _check_pairs(case: Case, *, assignment: Mapping[str, str], closed: list[str]) -> None:
    for candidate, project in case.pins.items():
        if assignment.get(candidate) != project:
            raise Broken("pin", f"{candidate!r} is pinned to {project!r} and is not there.")
    for candidate, project in assignment.items():
        if project in closed:
            raise Broken("closed_project", f"{candidate!r} is in {project!r}, which is closed.")
        if candidate not in case.pins and project not in case.contest.lists[candidate]:
            why = case.refusal((candidate, project)) or "not_ranked"
            raise Broken("unacceptable", f"{candidate!r} cannot be in {project!r}: {why}.")


def _check_teams(case: Case, *, assignment: Mapping[str, str], closed: list[str]) -> None:
    if closed and not case.instance.enforce:
        raise Broken("closed_project", f"{closed[0]!r} is closed although minimum sizes are ignored.")
    teams = _teams(case, assignment)
    for project, team in teams.items():
        if not case.crews[project].fits(case.team_masks(project, team)):
            raise Broken("staffing", f"The team of {project!r} cannot all have a place at the same time.")
        if project not in closed and len(team) < case.minimum(project):
            raise Broken(
                "min_size", f"{project!r} is open with {len(team)} of at least {case.minimum(project)}."
            )


def _check_stability(case: Case, *, assignment: Mapping[str, str], closed: list[str]) -> None:
    teams = _teams(case, assignment)
    for candidate, wishes in case.contest.lists.items():
        for project in wishes:
            if assignment.get(candidate) == project:
                break
            if project not in closed and case.contest.takes(project, teams[project], candidate):
                raise Broken("blocking_pair", f"{candidate!r} prefers {project!r}, which would take them.")


def _check_optimality(case: Case, *, assignment: Mapping[str, str], closed: list[str]) -> Rounds:
    rounds = case.optimum(case.instance.projects.keys() - set(closed))
    for candidate, project in rounds.assignment().items():
        if assignment.get(candidate) != project:
            raise Broken(
                "candidate_optimal", f"{candidate!r} can have {project!r} in another stable matching."
            )
    if not case.pinned_projects <= rounds.open or case.short(rounds):
        raise Broken("min_size", "An open project is below its minimum, or a pinned one is closed.")
    better = better_opening(case, than=case.worth(rounds)) if case.instance.enforce else None
    if better is not None:
        names = sorted(case.instance.projects.keys() - better.open)
        raise Broken("open_set", f"Closing {names!r} instead is worth more: {case.worth(better)!r}.")
    return rounds


def _teams(case: Case, assignment: Mapping[str, str]) -> dict[str, list[str]]:
    teams: dict[str, list[str]] = {project: [] for project in case.instance.projects}
    for candidate, project in assignment.items():
        teams[project].append(candidate)
    return teams
