"""What staff may do with the outbox."""

from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.mail.choices import Status
from eig.mail.models import Message


@transaction.atomic
def retry_message(message: Message, *, by: User, at: datetime) -> bool:
    """Send a failed message again, from the first attempt. False when it is no longer failed."""
    again = Message.objects.filter(pk=message.pk, status=Status.FAILED).update(
        status=Status.NEW, attempts=0, not_before=at
    )
    if again:
        journal("retry", message, by=by, at=at, promotion_id=message.promotion_id)
    return bool(again)
