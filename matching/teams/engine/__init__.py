"""The matching of candidates to project teams: `solve_team`, from a `team` instance to its result.

Pure Python, no Django, no clock, no randomness: the same instance gives the same bytes.
"""

from matching.teams.engine.complaints import complaints
from matching.teams.engine.instance import read_team
from matching.teams.engine.solve import solve_team
