"""The message that confirms an erasure is itself erased once it has left."""

from datetime import datetime, timedelta

from django.db.models import Q

from eig.accounts.privacy import NOBODY
from eig.failures.actions import each_alone
from eig.mail.choices import Status
from eig.mail.models import Message
from eig.mail.privacy import forget_messages
from eig.mail.relay import relay
from privacy.emails import FAREWELL

# A relay that refuses for a day will not take it later.
GIVEN_UP = timedelta(days=1)


def forget_farewells(*, at: datetime) -> int:
    """Empty the confirmations that were sent, and those that no relay takes."""
    done = Q(status__in=[Status.SENT, Status.CANCELLED]) | Q(created_at__lt=at - GIVEN_UP)
    rows = Message.objects.filter(done, kind=FAREWELL).exclude(to_email=NOBODY)
    forgotten = each_alone(
        "forget_farewells", rows.order_by("pk"), _forget, deed="effacer un message d’adieu parti", at=at
    )
    return sum(forgotten)


def _forget(message: Message) -> int:
    relay().forget(message)
    return forget_messages(Message.objects.filter(pk=message.pk))
