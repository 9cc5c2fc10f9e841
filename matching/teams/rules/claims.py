"""Who could complain of staff's decisions: pairs that block the market without pins."""

from collections.abc import Mapping
from typing import Any

from matching.teams.checker.case import Case
from matching.teams.engine import read_team
from matching.teams.rules.instance import Pair

# Below every score: someone pinned without having been heard yields to anybody who was.
UNHEARD = -1


def claims_of(instance: Mapping[str, Any], result: Mapping[str, Any]) -> list[Pair]:
    """(candidate, project) such that, pins left aside, the one prefers the other, which would take them.

    Empty for a result without pins: it is stable.
    """
    if result.get("status") != "ok" or not instance["pin"]:
        return []
    assignment: Mapping[str, str] = result["assignment"]
    scored = {(person, project) for person, project, _ in instance["scores"]}
    unheard = [[*pair, UNHEARD] for pair in assignment.items() if pair not in scored]
    case = Case(read_team({**instance, "pin": [], "scores": [*instance["scores"], *unheard]}))
    teams: dict[str, list[str]] = {project: [] for project in case.instance.projects}
    for person, project in assignment.items():
        teams[project].append(person)
    claims = []
    for person, wishes in sorted(case.contest.lists.items()):
        for project in wishes:
            if assignment.get(person) == project:
                break
            if project not in result["closed"] and case.contest.takes(project, teams[project], person):
                claims.append((person, project))
    return claims
