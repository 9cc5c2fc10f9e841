"""What may be done to many messages at once (`eig.listing`)."""

from datetime import datetime

from eig.accounts.models import User
from eig.french import instant
from eig.listing.models import BulkDeed
from eig.mail.actions import retry_message
from eig.mail.choices import Status
from eig.mail.models import Message


class NotFailed(Exception):
    """Only what failed, or waits for another attempt, is sent again."""


def send_again(bulk: BulkDeed, message: Message, by: User, at: datetime) -> str:
    if refusal := refusal_to_send_again(message, at=at):
        raise NotFailed(refusal)
    if not retry_message(message, by=by, at=at):
        raise NotFailed("Il est en train de partir, ou vient de partir.")
    return "Le courriel repart."


def refusal_to_send_again(message: Message, *, at: datetime) -> str:
    """As it was read: whatever becomes of it meanwhile is judged by the deed itself."""
    if message.until is not None and message.until < at:
        return f"Il n’avait d’objet que jusqu’au {instant(message.until)}."
    if message.status == Status.NEW and message.attempts:
        return ""
    return "" if message.status == Status.FAILED else f"Il est « {message.get_status_display().lower()} »."
