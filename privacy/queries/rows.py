"""The rows of a declared model that hang on a subject."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from eig.personal import Record


def rows_of(
    record: Record, *, subject: str, keys: Collection[int], addresses: Collection[str] = ()
) -> QuerySet[Any]:
    if record.generic:
        kind, number = record.generic
        found = Q(**{kind: subject, f"{number}__in": keys})
    elif record.path:
        found = Q(**{f"{record.path}__in": keys})
    else:
        found = Q(pk__in=[])
    if record.address and addresses:
        found |= Q(**{f"{record.address}__in": addresses})
    return record.model._default_manager.filter(found).filter(record.only)
