"""The demonstration's doors do not exist outside it."""

from collections.abc import Mapping

from eig.mail.models import Message
from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    demo_cast             GET   nobody
    demo_enter            POST  nobody
    demo_mail_list        GET   nobody
    demo_mail_detail      GET   nobody
    """,
    app="demo",
)


def ways(world: World) -> Mapping[str, Way]:
    letter = Message.objects.filter(promotion_id=world.here.pk).order_by("pk")[0].code
    return {"demo_enter": way(code=world.diane.code), "demo_mail_detail": way(code=letter)}
