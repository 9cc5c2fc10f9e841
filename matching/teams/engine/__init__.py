"""The matching of candidates to project teams: `solve_team`, from a `team` instance to its result.

Pure Python, no Django, no clock, no randomness: the same instance gives the same bytes.
"""

from matching.teams.engine.complaints import complaints
from matching.teams.engine.instance import TeamInstance, read_team
from matching.teams.engine.solve import solve, solve_team

__all__ = ["TeamInstance", "complaints", "read_team", "solve", "solve_team"]
