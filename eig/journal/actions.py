"""Write the journal."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from eig.accounts.models import User
from eig.journal.middleware import request_id
from eig.journal.models import Entry


def entry(
    verb: str,
    record: models.Model,
    *,
    by: User | None,
    at: datetime,
    promotion_id: int | None = None,
    **data: Any,
) -> Entry:
    """An unsaved entry, for callers that add many at once."""
    return Entry(
        at=at,
        actor=by,
        verb=verb,
        record_type=record._meta.label_lower,
        record_id=record.pk,
        record_label=str(record)[:200],
        promotion_id=promotion_id or getattr(record, "promotion_id", None),
        data=data,
        request_id=request_id.get(),
    )


def record(
    verb: str,
    target: models.Model,
    *,
    by: User | None,
    at: datetime,
    promotion_id: int | None = None,
    **data: Any,
) -> None:
    """Write one entry; `data` holds plain JSON values, never personal free text."""
    entry(verb, target, by=by, at=at, promotion_id=promotion_id, **data).save(force_insert=True)


def record_all(entries: Iterable[Entry]) -> None:
    """Write many entries in one statement."""
    Entry.objects.bulk_create(entries)
