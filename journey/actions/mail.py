"""What may be done to many messages at once (`eig.listing`)."""

from datetime import datetime

from eig.accounts.models import User
from eig.listing.models import BulkDeed
from eig.mail.actions import retry_message
from eig.mail.models import Message


class NotFailed(Exception):
    """Only what failed is sent again."""


def send_again(bulk: BulkDeed, message: Message, by: User, at: datetime) -> str:
    if not retry_message(message, by=by, at=at):
        raise NotFailed(f"Il est « {message.get_status_display().lower()} ».")
    return "Le courriel repart."
