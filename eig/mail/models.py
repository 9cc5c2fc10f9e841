"""The outbox: a message is a row, written in the same transaction as the deed it tells."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from eig.jobs.models import Job, Queue
from eig.mail.choices import Status

# A relay may be away for days: every hour of the first one, then every four hours, five days in all, as
# RFC 5321 (4.5.4.1) asks of whoever has mail to hand over.
PAUSES = tuple(timedelta(minutes=wait) for wait in (1, 4, 16, *[60] * 24, *[240] * 24))


class Message(Job):
    QUEUE = Queue(
        waiting=Status.NEW,
        running=Status.SENDING,
        failed=Status.FAILED,
        # Longer than a relay takes before the text leaves; then it is renewed (eig.mail.delivery).
        lease=timedelta(minutes=5),
        pauses=PAUSES,
        # The letters of a wave (a batch) after those that somebody waits for.
        order=("batch", "not_before"),
        not_before="not_before",
    )

    # Saying it twice sends it once: "<event>:<record>".
    key = models.CharField(max_length=200, unique=True)
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("message", max_length=80)
    status = models.CharField(max_length=12, choices=Status, default=Status.NEW)
    # Messages of one wave are held together and released together.
    batch = models.CharField("lot", max_length=80, blank=True)
    promotion_id = models.BigIntegerField(null=True)
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages"
    )
    to_email = models.EmailField("destinataire")
    subject = models.CharField("objet", max_length=200)
    body = models.TextField("texte")
    # A calendar file (.ics) that goes with the words: an appointment made, moved or cancelled.
    calendar = models.TextField("agenda", blank=True)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    # Afterwards it would say what is no longer true (a code, « il vous reste deux jours »): it stays here.
    until = models.DateTimeField(null=True, blank=True)
    # The text left once without an answer, from a relay that cannot be asked: it may have left twice.
    ambiguous = models.BooleanField(default=False)

    class Meta:
        verbose_name = "message"
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(body="") & ~Q(to_email=""), name="no_empty_message"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SENT) | Q(sent_at__isnull=False), name="sent_messages_are_dated"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SENDING) | Q(lease_until__isnull=False),
                name="sending_needs_a_lease",
            ),
        ]
        indexes = [
            models.Index(
                fields=["batch", "not_before", "id"], condition=Q(status=Status.NEW), name="message_to_send"
            ),
            models.Index(fields=["lease_until"], condition=Q(status=Status.SENDING), name="message_leased"),
            models.Index(fields=["batch"], condition=~Q(batch=""), name="message_by_batch"),
            models.Index(fields=["promotion_id", "-created_at"], name="message_by_promotion"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to_email}"

    @property
    def concerned_id(self) -> int | None:
        return self.to_person_id

    @property
    def state_words(self) -> str:
        """Its state, and what cannot be known of it."""
        words = Status(self.status).label
        if not self.ambiguous:
            return words
        doubt = "peut être parti deux fois" if self.status == Status.SENT else "peut être déjà parti"
        return f"{words} ({doubt})"

    @property
    def message_id(self) -> str:
        """Fixed by the row, so that the relay can be asked about it after a crash."""
        return f"<{self.code}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>"
