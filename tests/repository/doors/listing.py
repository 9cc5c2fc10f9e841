"""Deeds on many rows of the team's lists: looked at, applied. Each list has its own door, in its step."""

from collections.abc import Mapping

from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    bulk_list                  GET   staff
    bulk_detail                GET   staff
    bulk_apply                 POST  staff
    """,
    app="listing",
)


def ways(world: World) -> Mapping[str, Way]:
    here = {"promotion": world.here.code}
    bulk = {"bulk": world.of.bulk.code}
    return {"bulk_list": way(**here), "bulk_detail": way(**here, **bulk), "bulk_apply": way(**here, **bulk)}
