"""Ask: the inputs of the matching, scenarios, offers, and what a person may know of the outcome."""

from matching.teams.queries.comparison import comparison, difference
from matching.teams.queries.inputs import auditions_pending, draw_of, inputs_counted, seed_came_first
from matching.teams.queries.offer import confirmed_teams, offers_visible_to
from matching.teams.queries.outcome import outcome_for, published_scenario
from matching.teams.queries.reserve import reserve_of, reserves_of
from matching.teams.queries.scenario import reading_of, scenarios_listed
