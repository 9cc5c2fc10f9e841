"""Tell: an export is ready, to the only person who may fetch it."""

from datetime import datetime

from django.urls import reverse

from eig.exports.models import Export
from eig.mail.outbox import post


def export_ready(export: Export, *, at: datetime) -> None:
    post(
        "exports/export_ready",
        to=export.asked_by,
        key=f"export-ready:{export.pk}",
        at=at,
        promotion_id=export.promotion_id,
        export=export,
        promotion=export.promotion,
        path=reverse("exports:export_list", args=[export.promotion.code]),
    )
