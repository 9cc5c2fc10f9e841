"""Personal data: everybody's own; the team's page on how long things are kept."""

from collections.abc import Mapping

from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    account_erased        GET   everybody
    my_data               GET   members
    copy_ask              POST  members
    copy_download         GET   login hidden open   hidden hidden hidden hidden hidden
    name_edit             GET   members
    account_erase         GET   members
    staff_purge           GET   staff
    staff_retention_edit  GET   staff
    """,
    app="privacy",
)


def ways(world: World) -> Mapping[str, Way]:
    return {
        "copy_download": way(world.of.data_copy.person, code=world.of.data_copy.code),
        "staff_purge": way(promotion=world.here.code),
        "staff_retention_edit": way(promotion=world.here.code),
    }
