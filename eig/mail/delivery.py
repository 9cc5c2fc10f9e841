"""Deliver the outbox: take a message, look that it is still ours, send, mark. Nothing is lost or sent twice.

The relay is called with no lock held. A worker killed meanwhile leaves a lease that ends: the next one asks
the relay for the Message-ID. A relay that cannot be asked gets it again, and the row says « ambiguous ».
"""

from datetime import datetime
from functools import partial

from django.utils import timezone

from eig.jobs.actions import Clock, renew, run_next
from eig.mail.choices import Status
from eig.mail.models import Message
from eig.mail.relay import Relay, Unsure, relay


def deliver_due(*, limit: int = 1000) -> int:
    """Deliver what is due, one at a time; returns how many left. Safe to run in several workers at once."""
    delivered = 0
    for _ in range(limit):
        message = deliver_next()
        if message is None:
            break
        delivered += message.status == Status.SENT
    return delivered


def deliver_next(*, clock: Clock = timezone.now) -> Message | None:
    """Deliver one message; None when none is due."""
    return run_next(Message, partial(_send, through=relay(), clock=clock), clock=clock)


def _send(message: Message, *, through: Relay, clock: Clock) -> None:
    known = through.has(message) if message.was_left else False
    if not known:
        # A relay that cannot be asked may have taken it: at least once, and said so.
        renew(message, now=clock(), ambiguous=message.ambiguous or known is None)
        try:
            through.send(message)
        except Unsure:
            renew(message, now=clock(), ambiguous=True)
            raise
    _sent(message, now=clock())


def _sent(message: Message, *, now: datetime) -> None:
    """What left has left: the row says so even when it was cancelled or taken back meanwhile."""
    Message.objects.filter(pk=message.pk).exclude(status=Status.SENT).update(
        status=Status.SENT, sent_at=now, lease_until=None, error=""
    )
    message.status = Status.SENT
