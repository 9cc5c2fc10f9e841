"""Deeds that two people do: of the team only."""

from collections.abc import Mapping

from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    order_list     GET   staff
    order_detail   GET   staff
    order_confirm  POST  staff
    order_refuse   POST  staff
    """,
    app="orders",
)


def ways(world: World) -> Mapping[str, Way]:
    one = {"promotion": world.here.code, "code": world.of.order.code}
    return {
        "order_list": way(promotion=world.here.code),
        **{f"order_{name}": way(**one) for name in ("detail", "confirm", "refuse")},
    }
