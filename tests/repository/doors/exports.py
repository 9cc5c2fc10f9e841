"""Exports: of the team only, and each of its asker only."""

from collections.abc import Mapping

from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    export_list      GET   staff
    export_ask       POST  staff
    export_download  POST  staff
    export_cancel    POST  staff
    """,
    app="exports",
)


def ways(world: World) -> Mapping[str, Way]:
    here, mine = {"promotion": world.here.code}, {"code": world.of.export.code}
    return {
        "export_list": way(**here),
        "export_ask": way(**here, kind="candidatures"),
        "export_download": way(**here, **mine),
        "export_cancel": way(**here, **mine),
    }
