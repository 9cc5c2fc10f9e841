"""Ask: the inputs of the matching, scenarios, offers, and what a person may know of the outcome."""

from matching.teams.queries.comparison import comparison, difference
from matching.teams.queries.inputs import (
    Inputs,
    auditions_pending,
    draw_of,
    inputs_counted,
    inputs_of,
    seed_came_first,
)
from matching.teams.queries.offer import (
    confirmed_teams,
    offers_listed,
    offers_visible_to,
)
from matching.teams.queries.outcome import Outcome, outcome_for, published_scenario
from matching.teams.queries.reserve import reserve_of, reserves_of
from matching.teams.queries.scenario import reading_of, scenarios_listed

__all__ = [
    "Inputs",
    "Outcome",
    "auditions_pending",
    "comparison",
    "confirmed_teams",
    "difference",
    "draw_of",
    "inputs_counted",
    "inputs_of",
    "offers_listed",
    "offers_visible_to",
    "outcome_for",
    "published_scenario",
    "reading_of",
    "reserve_of",
    "reserves_of",
    "scenarios_listed",
    "seed_came_first",
]
