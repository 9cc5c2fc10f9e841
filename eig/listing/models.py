"""What the team keeps of its lists: the views it comes back to, its deeds on many rows at once."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from eig.listing.choices import RowState
from eig.promotions.models import Promotion


class SavedView(models.Model):
    """A list that a member of the team comes back to: its filters, its order, its columns."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="list_views")
    # The code of a list that a step declares.
    listing = models.CharField("liste", max_length=40)
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="list_views")
    name = models.CharField("nom de la vue", max_length=60)
    # The query string of the list, as the filter form writes it: read again through the same form.
    query = models.CharField(max_length=1000, blank=True)
    is_shared = models.BooleanField("visible de toute l’équipe", default=False)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "candidates_savedview"
        verbose_name = "vue enregistrée"
        constraints = [
            models.UniqueConstraint(
                fields=["promotion", "listing", "owner", "name"], name="one_list_view_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class BulkDeed(models.Model):
    """Asked once, applied row by row; applied again, it only does what is still to do."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="bulk_deeds")
    listing = models.CharField("liste", max_length=40)
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # One of the deeds that the list declares.
    kind = models.CharField("geste", max_length=12)
    # Plain values that the deed needs: the reader, the reason, the wave…
    given = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    applied_at = models.DateTimeField("appliqué le", null=True, blank=True)

    class Meta:
        db_table = "candidates_bulkdeed"
        verbose_name = "geste en nombre"
        indexes = [models.Index(fields=["promotion", "-asked_at"], name="bulk_by_promotion")]

    def __str__(self) -> str:
        return f"{self.listing} : {self.kind}"

    # Counted by `queries.bulks_listed`.
    total: int
    done: int
    refused: int
    pending: int

    @property
    def settled(self) -> int:
        return self.done + self.refused


class BulkRow(models.Model):
    """One record of any list, by its type and its key: the ground knows no step."""

    bulk = models.ForeignKey(BulkDeed, on_delete=models.CASCADE, related_name="rows")
    record_type = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=RowState, default=RowState.PENDING)
    # Why it was refused, or what was done, in a sentence.
    said = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "candidates_bulkrow"
        verbose_name = "ligne d’un geste en nombre"
        constraints = [
            models.UniqueConstraint(fields=["bulk", "record_id"], name="a_bulk_deed_counts_each_once"),
            models.CheckConstraint(
                condition=Q(state=RowState.PENDING) | Q(settled_at__isnull=False),
                name="settled_bulk_rows_are_dated",
            ),
        ]
        indexes = [models.Index(fields=["record_type", "record_id"], name="bulk_row_by_record")]

    def __str__(self) -> str:
        return f"{self.record_id} : {self.get_state_display()}"
