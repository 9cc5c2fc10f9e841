"""Do: the draw, scenarios, the publication of results, answers to offers."""

from matching.teams.actions.draw import AuditionsPending, DrawMissing, DrawSealed, commit_draw, reveal_draw
from matching.teams.actions.offer import (
    NobodyNext,
    OfferClosed,
    ReserveOver,
    accept_offer,
    cancel_offers,
    decline_offer,
    expire_offers,
    offer_to_next,
)
from matching.teams.actions.results import SignedByThem, publish_results
from matching.teams.actions.scenario import (
    BadDirective,
    InputsChanged,
    NotChecked,
    ScenarioFrozen,
    add_directive,
    compute_scenario,
    copy_scenario,
    create_scenario,
    remove_directive,
    replay_scenario,
    sign_scenario,
    unsign_scenario,
)
