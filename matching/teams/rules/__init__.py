"""Decide: the frozen instance, what a result says, deadlines of offers, who is next in a reserve."""

from matching.teams.rules.claims import claims_of
from matching.teams.rules.instance import Candidate, Project, team_instance
from matching.teams.rules.offer import Next, Waiting, free_places, next_in_reserve, reserve_deadline, turn
from matching.teams.rules.result import Changes, Figures, changes, figures, standing_of
