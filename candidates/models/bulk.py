"""One deed on many applications: what was asked, and what became of each."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidates.choices import BulkKind, BulkState
from candidates.models.application import Application
from eig.promotions.models import Promotion


class BulkDeed(models.Model):
    """Asked once, applied row by row; applied again, it only does what is still to do."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="application_bulks")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("geste", max_length=12, choices=BulkKind)
    # Plain values that the deed needs: the reader, the reason, the wave…
    given = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    applied_at = models.DateTimeField("appliqué le", null=True, blank=True)

    class Meta:
        verbose_name = "geste en nombre"
        indexes = [models.Index(fields=["promotion", "-asked_at"], name="bulk_by_promotion")]

    def __str__(self) -> str:
        return self.get_kind_display()

    # Counted by `queries.bulk.bulks_listed`.
    total: int
    done: int
    refused: int
    pending: int

    @property
    def settled(self) -> int:
        return self.done + self.refused


class BulkRow(models.Model):
    bulk = models.ForeignKey(BulkDeed, on_delete=models.CASCADE, related_name="rows")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=BulkState, default=BulkState.PENDING)
    # Why it was refused, or what was done, in a sentence.
    said = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "ligne d’un geste en nombre"
        constraints = [
            models.UniqueConstraint(fields=["bulk", "application"], name="a_bulk_deed_counts_each_once"),
            models.CheckConstraint(
                condition=Q(state=BulkState.PENDING) | Q(settled_at__isnull=False),
                name="settled_bulk_rows_are_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} : {self.get_state_display()}"
