"""The independent checker of `team` results: `check_team`, on which every publication depends.

Its own code path: of the solver it shares the reading of the instance and nothing else.
"""

from matching.teams.checker.check import check_team
