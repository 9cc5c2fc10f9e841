"""Step 5. In `there` the results are published; in `soon` they are signed, and nobody may know."""

from collections.abc import Mapping

from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    algorithm_detail    GET   everybody
    offer_detail        GET   login hidden open   hidden hidden hidden hidden open
    offer_accept        GET   login hidden open   hidden hidden hidden hidden hidden
    offer_decline       GET   login hidden open   hidden hidden hidden hidden hidden
    outcome_detail      GET   login hidden open   hidden hidden hidden hidden open
    scenario_list       GET   staff
    draw_commit         POST  staff
    draw_reveal         POST  staff
    scenario_create     POST  staff
    scenario_compare    GET   staff
    scenario_detail     GET   staff
    directive_add       POST  staff
    directive_remove    POST  staff
    scenario_compute    POST  staff
    scenario_copy       POST  staff
    scenario_replay     POST  staff
    scenario_people     GET   staff
    scenario_change     GET   staff
    scenario_sign       GET   staff
    scenario_unsign     GET   staff
    results_publish     GET   staff
    offer_list          GET   staff
    reserve_list        GET   staff
    reserve_offer       POST  staff
    """,
    app="teams",
)


def ways(world: World) -> Mapping[str, Way]:
    of, here, soon, there = (
        world.of,
        *({"promotion": row.code} for row in (world.here, world.soon, world.there)),
    )
    placed, double = of.offer.application.candidate, of.other_offer.application.candidate
    draft, computed, second, signed = (
        soon | {"code": row.code}
        for row in (of.draft_scenario, of.computed_scenario, of.second_scenario, of.signed_scenario)
    )
    return {
        "offer_detail": way(placed, double, code=of.offer.code),
        "offer_accept": way(placed, double, code=of.offer.code),
        "offer_decline": way(placed, double, code=of.offer.code),
        "outcome_detail": way(of.result_application.candidate, double, code=of.result_application.code),
        "scenario_list": way(**soon),
        "draw_commit": way(**here),
        "draw_reveal": way(**soon),
        "scenario_create": way(**soon),
        "scenario_compare": way(**soon),
        "scenario_detail": way(**computed),
        "directive_add": way(**draft),
        "directive_remove": way(**draft, data=of.directive),
        "scenario_compute": way(**draft),
        "scenario_copy": way(**computed),
        "scenario_replay": way(**computed),
        "scenario_people": way(**computed),
        "scenario_change": way(**computed, other=second["code"]),
        "scenario_sign": way(**computed),
        "scenario_unsign": way(**signed),
        "results_publish": way(**signed),
        "offer_list": way(**there),
        "reserve_list": way(**there),
        "reserve_offer": way(**there, code=of.former_project.code),
    }
