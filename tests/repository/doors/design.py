"""Pages that belong to no step."""

from collections.abc import Mapping

from tests.repository.doors import Way, charter
from tests.repository.world import World

DOORS = charter(
    """
    legal_accessibility  GET  everybody
    legal_notice         GET  everybody
    legal_privacy        GET  everybody
    legal_cookies        GET  everybody
    legal_terms          GET  everybody
    sitemap              GET  everybody
    contact              GET  everybody
    gallery              GET  nobody
    robots_txt           GET  everybody
    security_txt         GET  everybody
    """,
    app="design",
)


def ways(world: World) -> Mapping[str, Way]:
    return {}
