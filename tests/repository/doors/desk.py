"""Step 2, the team's desk: lists, duplicates, assignment, standings, bulk deeds; the pool, the letters."""

from collections.abc import Mapping

from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    pool_edit                  GET   members
    pool_leave                 POST  members
    letter_download            GET   login  hidden  open    hidden  hidden  hidden  hidden  hidden
    staff_letter_download      GET   staff
    staff_assignment_preview   GET   staff
    staff_reader_edit          GET   staff
    staff_reader_dismiss       POST  staff
    staff_disagreement_list    GET   staff
    staff_third_ask            POST  staff
    staff_standing_list        GET   staff
    staff_duplicate_list       GET   staff
    staff_duplicate_detail     GET   staff
    staff_pool_list            GET   staff
    staff_pool_tell            POST  staff
    """,
    app="candidates",
)

LISTS = (
    "assignment_preview",
    "disagreement_list",
    "standing_list",
    "duplicate_list",
    "pool_list",
    "pool_tell",
)


def ways(world: World) -> Mapping[str, Way]:
    """Diane keeps the desk; whoever is not admitted fetches their own letter."""
    of, here = world.of, {"promotion": world.here.code}
    refused = {"code": of.ineligible_application.code}
    pair = {"first": of.submitted_application.code, "second": of.waiting_application.code}
    programme = {"programme": world.here.programme.code}
    reader = {"person": world.claire.code}
    return {
        "pool_edit": way(world.damien, **programme),
        "pool_leave": way(world.damien, **programme),
        "letter_download": way(of.ineligible_application.candidate, world.damien, **refused),
        "staff_letter_download": way(**here, **refused),
        **{f"staff_{name}": way(**here) for name in LISTS},
        "staff_reader_edit": way(**here, **reader),
        "staff_reader_dismiss": way(**here, **reader),
        "staff_third_ask": way(**here, code=of.submitted_application.code),
        "staff_duplicate_detail": way(**here, **pair),
    }
