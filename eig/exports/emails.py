"""Tell: an export is ready, to the only person who may fetch it."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from eig.exports.models import Export
from eig.mail.outbox import post


def export_ready(export: Export, *, at: datetime) -> None:
    path = reverse("exports:export_list", args=[export.promotion.code])
    told: dict[str, Any] = {"export": export, "promotion": export.promotion, "path": path}
    to, key, promotion_id = export.asked_by, f"export-ready:{export.pk}", export.promotion_id
    post("exports/export_ready", to=to, key=key, at=at, promotion_id=promotion_id, **told)
