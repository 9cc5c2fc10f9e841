"""What matching reads, frozen: the certified lists as they stood."""

from django.conf import settings
from django.db import models

from eig.promotions.models import Promotion
from matching.ranking.choices import SnapshotReason


class Snapshot(models.Model):
    """The certified lists as they stood when the ranking closed: the hash proves what matching reads."""

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="ranking_snapshots")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # [{"application": code, "accepts_other_project": …, "certified_at": …, "wishes": [project code, …]}, …]
    lists = models.JSONField()
    sha256 = models.CharField(max_length=64)
    # What made it: the closing, a project withdrawn since, a list adjusted since.
    reason = models.CharField("motif", max_length=20, choices=SnapshotReason, default=SnapshotReason.CLOSING)

    class Meta:
        verbose_name = "relevé des vœux"
        verbose_name_plural = "relevés des vœux"
        indexes = [models.Index(fields=["promotion", "-taken_at"], name="snapshot_by_promotion")]

    def __str__(self) -> str:
        return f"relevé des vœux {self.sha256[:8]}"
