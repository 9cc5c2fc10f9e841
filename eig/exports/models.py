"""A table of data asked by a member of the team, written to a file by a worker, kept a few days."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from eig.documents.models import Document
from eig.exports.choices import Format, Status
from eig.jobs.models import Job, Queue
from eig.promotions.models import Promotion


class Export(Job):
    QUEUE = Queue(
        waiting=Status.QUEUED,
        running=Status.RUNNING,
        failed=Status.FAILED,
        lease=timedelta(minutes=5),
        pauses=(timedelta(seconds=10), timedelta(minutes=1)),
    )

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="exports")
    # One of the registered sources: see eig.exports.sources.
    kind = models.CharField(max_length=60)
    title = models.CharField("intitulé", max_length=150)
    # What was asked of the source (its filters, its columns), as plain values.
    given = models.JSONField(default=dict)
    format = models.CharField("format", max_length=4, choices=Format)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exports")
    asked_at = models.DateTimeField("demandé le")
    rows_done = models.PositiveIntegerField("lignes écrites", default=0)
    rows_total = models.PositiveIntegerField("lignes à écrire", default=0)
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ready_at = models.DateTimeField("prêt le", null=True, blank=True)
    expires_at = models.DateTimeField("effacé le", null=True, blank=True)

    class Meta:
        verbose_name = "export"
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.READY)
                | Q(document__isnull=False, ready_at__isnull=False, expires_at__isnull=False),
                name="a_ready_export_has_a_file_and_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.RUNNING) | Q(lease_until__isnull=False),
                name="an_export_under_way_has_a_lease",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "-asked_at"], name="export_by_asker"),
            models.Index(
                fields=["asked_at"],
                condition=Q(status__in=[Status.QUEUED, Status.RUNNING]),
                name="export_to_write",
            ),
            models.Index(fields=["expires_at"], condition=Q(status=Status.READY), name="export_to_purge"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_under_way(self) -> bool:
        return self.status in {Status.QUEUED, Status.RUNNING}

    @property
    def is_ready(self) -> bool:
        return self.status == Status.READY
