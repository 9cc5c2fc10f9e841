"""Read the outbox."""

from django.db.models import Q, QuerySet

from eig.accounts.models import User
from eig.mail.choices import Status
from eig.mail.models import Message

# What failed, or waits for its next attempt.
STUCK = Q(status=Status.FAILED) | Q(status=Status.NEW, attempts__gt=0)


def messages_listed() -> QuerySet[Message]:
    """Every message, latest first."""
    return Message.objects.select_related("to_person").order_by("-created_at", "-pk")


def messages_to(person: User) -> QuerySet[Message]:
    return messages_listed().filter(to_person=person).exclude(status__in=[Status.HELD, Status.CANCELLED])


def ledger_of(person: User, *, promotion_id: int | None = None) -> QuerySet[Message]:
    """Everything written to a person, held and cancelled letters too: for the programme team."""
    rows = messages_listed().filter(to_person=person)
    return rows.filter(promotion_id=promotion_id) if promotion_id is not None else rows


def messages_of_batch(batch: str) -> QuerySet[Message]:
    """The messages written, held and released together."""
    return messages_listed().filter(batch=batch)
