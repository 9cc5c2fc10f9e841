"""What staff may do with the outbox."""

from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.mail.choices import Status
from eig.mail.models import Message
from eig.mail.queries import STUCK


@transaction.atomic
def retry_message(message: Message, *, by: User, at: datetime) -> bool:
    """Send now, from the first attempt, what failed or waits for the next one; False when nothing does."""
    again = Message.objects.filter(STUCK, pk=message.pk).update(status=Status.NEW, attempts=0, not_before=at)
    if again:
        journal("retry", message, by=by, at=at, promotion_id=message.promotion_id)
    return bool(again)
