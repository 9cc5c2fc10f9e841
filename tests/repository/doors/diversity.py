"""The anonymous questionnaire: whoever holds the link that all candidates share; the team for the counts."""

from collections.abc import Mapping

from eig.diversity.queries import shared_key
from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    answer_edit            GET   everybody
    answer_thanks          GET   everybody
    staff_answers          GET   staff
    staff_answers_publish  POST  staff
    """,
    app="diversity",
)


def ways(world: World) -> Mapping[str, Way]:
    here = {"promotion": world.here.code}
    shared = {**here, "key": shared_key(world.here.code)}
    return {
        "answer_edit": way(**shared),
        "answer_thanks": way(**shared),
        "staff_answers": way(**here),
        "staff_answers_publish": way(**here),
    }
