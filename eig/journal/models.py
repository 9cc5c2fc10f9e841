"""Who did what, when. Rows are added and never changed: triggers refuse everything else."""

from django.conf import settings
from django.db import models


class Entry(models.Model):
    at = models.DateTimeField("moment")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="auteur"
    )
    verb = models.CharField("action", max_length=60)
    record_type = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    # Kept as text: the record may be erased one day, its journal may not.
    record_label = models.CharField(max_length=200)
    # Not a foreign key: promotions live above the journal.
    promotion_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = "entrée du journal"
        verbose_name_plural = "entrées du journal"
        indexes = [
            models.Index(fields=["record_type", "record_id", "at"], name="entry_by_record"),
            models.Index(fields=["promotion_id", "-at"], name="entry_by_promotion"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.record_label}"
