"""Read auditions: who sees which, what is to plan and to place, panels and days, cards, standings."""

from matching.interviews.queries.audition import (
    auditions_of_candidate,
    auditions_visible_to,
    counts,
    people_without_audition,
)
from matching.interviews.queries.booking import (
    auditions_to_choose,
    choices_listed,
    compatible_slots,
    freedom_of,
)
from matching.interviews.queries.card import (
    card_dossier,
    cards_of,
    cards_visible_to,
    files_of,
    my_cards,
    my_seats,
    others_cards,
)
from matching.interviews.queries.hearing import (
    MyAudition,
    auditions_for_calendar,
    auditions_known_to,
    hearings_of,
    my_audition,
)
from matching.interviews.queries.juror import recused_pairs
from matching.interviews.queries.needs import needs_of
from matching.interviews.queries.panel import panels_listed, seats_of
from matching.interviews.queries.proposal import proposals_of_candidate, settled_pairs, waiting_pairs
from matching.interviews.queries.slot import auditions_to_place, placement_problem, slot_choices, swap_choices
from matching.interviews.queries.standing import (
    missing_before_deliberation,
    project_standings_listed,
    scores,
    standings,
    standings_by_position,
)
