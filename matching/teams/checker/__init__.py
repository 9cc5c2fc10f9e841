"""The independent checker of `team` results: `check_team`, on which every publication depends.

Its own code path: of the solver it shares the reading of the instance and nothing else.
"""

from matching.stable.proof.verdict import Verdict
from matching.teams.checker.check import check_team

__all__ = ["Verdict", "check_team"]
