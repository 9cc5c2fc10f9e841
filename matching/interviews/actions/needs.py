"""Keep what a candidate asks us to arrange. The journal says that they did, never what."""

from datetime import datetime

from django.db import transaction

from candidates.models import Application
from eig.accounts.models import User
from eig.journal.actions import record as journal
from matching.interviews.models import Audition, Needs


@transaction.atomic
def keep_needs(
    application: Application,
    *,
    interpreter: str,
    access: str,
    time_zone: str,
    phone: str,
    by: User,
    at: datetime,
) -> Needs:
    """The last answer replaces the one before; an empty form erases everything."""
    needs, _ = Needs.objects.update_or_create(
        application=application,
        defaults={
            "interpreter": interpreter,
            "access": access.strip(),
            "time_zone": time_zone,
            "phone": phone.strip(),
            "updated_at": at,
        },
    )
    journal("keep_needs", needs, by=by, at=at, promotion_id=application.promotion_id)
    return needs


@transaction.atomic
def state_needs(audition: Audition, *, needs: str, by: User, at: datetime) -> None:
    """Keep what the candidate asks us to arrange for this audition."""
    Audition.objects.filter(pk=audition.pk).update(needs=needs.strip())
    audition.needs = needs.strip()
    journal("state_needs", audition, by=by, at=at)
