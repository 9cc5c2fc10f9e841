"""What candidates asked us to arrange: their own, and those of a room."""

from eig.accounts.models import User
from matching.interviews.models import Needs


def needs_of(user: User, *, application_id: int) -> Needs | None:
    return Needs.objects.filter(application_id=application_id, application__candidate=user).first()
