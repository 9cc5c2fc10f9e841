"""Read the journal."""

from django.db import models
from django.db.models import QuerySet

from eig.journal.models import Entry


def history_of(record: models.Model) -> QuerySet[Entry]:
    """What happened to `record`, latest first."""
    return (
        Entry.objects.filter(record_type=record._meta.label_lower, record_id=record.pk)
        .select_related("actor")
        .order_by("-at", "-pk")
    )


def latest_entries(promotion_id: int) -> QuerySet[Entry]:
    return Entry.objects.filter(promotion_id=promotion_id).select_related("actor").order_by("-at", "-pk")
