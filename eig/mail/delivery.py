"""Deliver the outbox: take a message, look that it is still ours, send, mark. Nothing is lost or sent twice.

The relay is called with no lock held. Just before the text leaves, the row says « ambiguous »; the answer of
the relay takes the word back. A worker killed between the two, a line cut, a database that stops leave it
there: the next attempt asks the relay for the Message-ID, and one that cannot be asked gets it again, said.
"""

import time
from datetime import datetime, timedelta
from functools import partial

from django.db import OperationalError, connection
from django.db.models import Q
from django.utils import timezone

from eig.jobs.actions import EVERY, Clock, renew, run_next, settle
from eig.mail.choices import Status
from eig.mail.models import Message
from eig.mail.needs import is_needed
from eig.mail.relay import ANSWER_SECONDS, TAKEN_SECONDS, PutOff, Refused, Relay, relay

# From the moment when the text leaves: longer than the relay may take to answer.
LEAVING = timedelta(seconds=TAKEN_SECONDS + 3 * ANSWER_SECONDS)
# A database that restarts, a row held by an erasure: the letter has left all the same, and must be marked.
MARK_AGAIN_SECONDS = (1, 5, 20)


def deliver_due(*, limit: int = 1000, among: Q = EVERY) -> int:
    """Deliver what is due, one at a time; returns how many left. Safe to run in several workers at once."""
    delivered = 0
    for _ in range(limit):
        message = deliver_next(among=among)
        if message is None:
            break
        delivered += message.status == Status.SENT
    return delivered


def deliver_next(*, clock: Clock = timezone.now, among: Q = EVERY) -> Message | None:
    """Deliver one message of those asked; None when none is due."""
    return run_next(Message, partial(_send, through=relay(), clock=clock), clock=clock, among=among)


def _send(message: Message, *, through: Relay, clock: Clock) -> None:
    if (message.until is not None and clock() > message.until) or not is_needed(message):
        settle(message, Status.CANCELLED)
        return
    if message.to_person and message.to_person.email != message.to_email:
        # Written days ago (a result that waits for its hour), and the person has another address since.
        renew(message, now=clock(), to_email=message.to_person.email)
    doubtful = message.ambiguous
    known = through.has(message) if doubtful else None
    if known is not None:
        doubtful = False
    if not known:
        leaving = partial(_mark_leaving, message, clock)
        try:
            through.send(message, leaving=leaving)
        except (PutOff, Refused):
            renew(message, now=clock(), ambiguous=doubtful)
            raise
    _sent(message, now=clock(), ambiguous=doubtful)


def _mark_leaving(message: Message, clock: Clock) -> None:
    renew(message, now=clock(), lease=LEAVING, ambiguous=True)


def _sent(message: Message, *, now: datetime, ambiguous: bool) -> None:
    """What left has left: the row says so even when it was cancelled or taken back meanwhile."""
    for pause in (*MARK_AGAIN_SECONDS, None):
        try:
            Message.objects.filter(pk=message.pk).exclude(status=Status.SENT).update(
                status=Status.SENT, sent_at=now, lease_until=None, error="", ambiguous=ambiguous
            )
        except OperationalError:
            if pause is None:
                raise
            connection.close()
            time.sleep(pause)
        else:
            message.status = Status.SENT
            return
