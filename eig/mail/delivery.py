"""Deliver the outbox: claim under a lease, send, mark. Nothing is lost, nothing is sent twice.

Claiming and marking are two short transactions; the relay is called between them, with no lock held. A
worker killed in between leaves an expired lease: the next one asks the relay for the Message-ID. A relay that
cannot be asked gets it again, and the row says « ambiguous ».
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from eig.mail.choices import Status
from eig.mail.models import Message
from eig.mail.relay import Relay, relay

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 6
# Wait between attempts: 1, 4, 16, 64, 256 minutes.
BACKOFF_BASE_MINUTES = 4


@transaction.atomic
def claim(limit: int, *, now: datetime) -> Sequence[Message]:
    """Take up to `limit` messages whose hour has come; other workers skip them."""
    due = list(
        Message.objects.select_for_update(skip_locked=True)
        .filter(status=Status.NEW, not_before__lte=now)
        .order_by("not_before", "pk")[:limit]
    )
    Message.objects.filter(pk__in=[message.pk for message in due]).update(
        status=Status.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    for message in due:
        message.attempts += 1
    return due


def recover(*, now: datetime, through: Relay | None = None) -> int:
    """Settle the messages whose worker died: sent if the relay has them, to send again if not."""
    through = through or relay()
    settled = 0
    with transaction.atomic():
        stuck = list(
            Message.objects.select_for_update(skip_locked=True)
            .filter(status=Status.SENDING, lease_until__lt=now)
            .order_by("pk")[:500]
        )
        for message in stuck:
            known = through.has(message)
            if known:
                Message.objects.filter(pk=message.pk).update(
                    status=Status.SENT, sent_at=now, lease_until=None
                )
            else:
                # A relay that cannot be asked may have taken it: at least once, and said so.
                Message.objects.filter(pk=message.pk).update(
                    status=Status.NEW, lease_until=None, ambiguous=known is None
                )
            settled += 1
    return settled


def _sent(message: Message, *, now: datetime) -> None:
    """What left has left: the row says so even when it was cancelled meanwhile, with an erased account."""
    Message.objects.filter(pk=message.pk, status__in=[Status.SENDING, Status.CANCELLED]).update(
        status=Status.SENT, sent_at=now, lease_until=None, last_error=""
    )


def _refused(message: Message, error: Exception, *, now: datetime) -> None:
    last = message.attempts >= MAX_ATTEMPTS
    wait = timedelta(minutes=BACKOFF_BASE_MINUTES ** (message.attempts - 1))
    Message.objects.filter(pk=message.pk, status=Status.SENDING).update(
        status=Status.FAILED if last else Status.NEW,
        lease_until=None,
        not_before=now + wait,
        last_error=f"{type(error).__name__}: {error}"[:500],
    )


def deliver_due(*, limit: int = 1000, size: int = 25) -> int:
    """Deliver what is due, a small claim at a time. Safe to run in several workers at once."""
    through = relay()
    recover(now=timezone.now(), through=through)
    delivered = tried = 0
    while tried < limit:
        batch = claim(min(size, limit - tried), now=timezone.now())
        if not batch:
            break
        tried += len(batch)
        for message in batch:
            try:
                through.send(message)
            except Exception as error:  # noqa: BLE001 — whatever the relay raises, the row must tell
                _refused(message, error, now=timezone.now())
            else:
                _sent(message, now=timezone.now())
                delivered += 1
    return delivered
