"""From a `team` instance to its result."""

from collections.abc import Mapping

from matching.teams.engine.instance import TeamInstance, read_team
from matching.teams.engine.market import build_market, pins_fit, pins_hold
from matching.teams.engine.opening import best_opening
from matching.teams.engine.report import report

INFEASIBLE: dict[str, object] = {"status": "infeasible"}


def solve_team(raw: Mapping[str, object]) -> dict[str, object]:
    """The result as in `docs/algorithm.md`, ids as given, same keys in the same order every time.

    Raises BadInput, whose sentence begins with the field.
    """
    return solve(read_team(raw))


def solve(instance: TeamInstance) -> dict[str, object]:
    if not pins_hold(instance):
        return dict(INFEASIBLE)
    teams = build_market(instance)
    outcome = best_opening(teams) if pins_fit(teams) else None
    return dict(INFEASIBLE) if outcome is None else report(teams, outcome=outcome)
