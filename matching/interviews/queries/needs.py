"""What candidates asked us to arrange: their own, and those of a room."""

from eig.accounts.models import User
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Needs, Panel


def needs_of(user: User, *, application_id: int) -> Needs | None:
    return Needs.objects.filter(application_id=application_id, application__candidate=user).first()


def needs_for_room(panel: Panel) -> dict[int, Needs]:
    """Needs of the people a panel hears, by application: for the team and for whoever keeps the room."""
    found = Needs.objects.filter(
        application__auditions__slot__panel=panel,
        application__auditions__status__in=[AuditionStatus.PLACED, AuditionStatus.HEARD],
    )
    return {needs.application_id: needs for needs in found.order_by("pk").distinct()}
