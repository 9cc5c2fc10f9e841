"""A copy of all that is kept of a person, asked by them, made by a worker, theirs for a week."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from eig.documents.models import Document
from eig.jobs.models import Job, Queue
from privacy.choices import CopyStatus


class DataCopy(Job):
    QUEUE = Queue(
        waiting=CopyStatus.QUEUED,
        running=CopyStatus.QUEUED,
        failed=CopyStatus.FAILED,
        lease=timedelta(minutes=5),
        pauses=(timedelta(seconds=10), timedelta(minutes=1)),
    )

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_copies")
    status = models.CharField(max_length=10, choices=CopyStatus, default=CopyStatus.QUEUED)
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField("demandée le")
    ready_at = models.DateTimeField("prête le", null=True, blank=True)
    expires_at = models.DateTimeField("supprimée le", null=True, blank=True)

    class Meta:
        verbose_name = "copie de données"
        verbose_name_plural = "copies de données"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(status=CopyStatus.QUEUED), name="one_copy_under_way_per_person"
            ),
            models.CheckConstraint(
                condition=~Q(status=CopyStatus.READY) | Q(ready_at__isnull=False, expires_at__isnull=False),
                name="a_ready_copy_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"copie {self.code.hex[:8]}"
