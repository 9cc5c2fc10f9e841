"""What a deed changes of a record, as the journal keeps it: before and after, and no one's words."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models

# What a person types freely stays out: the journal outlives an erasure, the row and its versions do not.
FACTS = (models.BooleanField, models.DateField, models.IntegerField, DateTimeRangeField, models.ForeignKey)

Facts = Mapping[str, Any]


def facts(record: models.Model) -> Facts:
    """Column → value, as plain JSON: choices, counts, dates, hours, whether, and who by number."""
    fields = record._meta.concrete_fields
    return {each.attname: _plain(getattr(record, each.attname)) for each in fields if _is_fact(each)}


def changes(was: Facts, record: models.Model) -> dict[str, list[Any]]:
    """Column → what it was and what it is, for those that differ."""
    now = facts(record)
    return {name: [value, now[name]] for name, value in was.items() if value != now[name]}


def replaced(record: models.Model, given: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The same for what is about to be written: only what had a value before, and has another."""
    found = {}
    for name, value in given.items():
        field = record._meta.get_field(name)
        if not isinstance(field, models.Field) or not _is_fact(field) or hasattr(value, "resolve_expression"):
            continue
        was, new = getattr(record, field.attname), value.pk if isinstance(value, models.Model) else value
        if was is not None and was != new:
            found[field.attname] = [_plain(was), _plain(new)]
    return found


def _is_fact(field: models.Field[Any, Any]) -> bool:
    return bool(field.choices) or isinstance(field, FACTS)


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if hasattr(value, "lower_inc"):
        return [end and end.isoformat() for end in (value.lower, value.upper)]
    return str(value) if isinstance(value, str) else value
