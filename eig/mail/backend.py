"""Django's own mails (sign-in codes, password resets) go through the outbox too."""

import uuid
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from eig.french.spaces import one_line
from eig.mail.choices import Status
from eig.mail.models import Message
from eig.mail.tasks import wake_after_commit


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        now = timezone.now()
        rows = [
            Message(
                key=f"account:{uuid.uuid4()}",
                kind="account",
                status=Status.NEW,
                to_email=address,
                subject=one_line(str(email.subject))[:200],
                body=str(email.body),
                created_at=now,
                not_before=now,
                until=parse_datetime(email.extra_headers.get("Expires", "")),
            )
            for email in email_messages
            for address in email.to
        ]
        Message.objects.bulk_create(rows)
        wake_after_commit()
        return len(rows)
