"""What may be asked of a list: words, one value among several, figures, a tick, days."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import Q, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat
from django.utils.timezone import get_current_timezone

from eig.design.moments import DayField
from eig.french import folded, french
from eig.listing.description import Choices, Filter, Lens, Narrow, Rows


def containing(rows: Rows, text: str, *over: str | Combinable, name: str = "heap") -> Rows:
    """The rows where every word of `text` is somewhere in these fields; accents and case do not count."""
    words = folded(text).split()
    if not words:
        return rows
    parts: list[Any] = [part for path in over for part in (path, Value(" "))]
    rows = rows.alias(**{name: french(Concat(*parts, output_field=TextField()))})
    for word in words:
        rows = rows.filter(**{f"{name}__contains": word})
    return rows


def words(label: str, *over: str | Combinable, name: str = "q", aside: bool = False) -> Filter:
    """A text to find in several fields."""
    field = forms.CharField(label=label, required=False, max_length=100)
    heap = f"heap_{name}"
    return Filter(name, field, lambda rows, text, lens: containing(rows, text, *over, name=heap), aside=aside)


def choice(
    name: str,
    label: str,
    choices: Choices | Callable[[Lens], Choices],
    narrow: str | Narrow,
    *,
    blank: str = "Tous",
    aside: bool = False,
    default: str | None = None,
) -> Filter:
    """One value among several; `narrow` is a lookup, or what the value does to the list."""
    fixed = [] if callable(choices) else choices
    return Filter(
        name,
        forms.ChoiceField(label=label, required=False, choices=[("", blank), *fixed]),
        _by(narrow),
        choices if callable(choices) else None,
        aside,
        default,
    )


def number(
    name: str, label: str, narrow: str | Narrow, *, most: int = 60, places: int = 0, aside: bool = True
) -> Filter:
    field: forms.Field
    if places:
        field = forms.DecimalField(
            label=label, required=False, min_value=0, max_value=most, decimal_places=places, localize=True
        )
    else:
        field = forms.IntegerField(label=label, required=False, min_value=0, max_value=most)
    return Filter(name, field, _by(narrow), aside=aside)


def tick(name: str, label: str, narrow: Q | Narrow, *, aside: bool = True) -> Filter:
    """Ticked, it narrows: a condition on the rows, or what is done to them."""
    kept = narrow
    deed = (lambda rows, value, lens: rows.filter(kept)) if isinstance(kept, Q) else kept
    return Filter(name, forms.BooleanField(label=label, required=False), deed, aside=aside)


def days(field: str, *, aside: bool = False) -> tuple[Filter, Filter]:
    """From a day to a day, both counted, at the hour of Paris."""

    def since(rows: Rows, day: date, lens: Lens) -> Rows:
        return rows.filter(**{f"{field}__gte": _moment(day, time.min)})

    def until(rows: Rows, day: date, lens: Lens) -> Rows:
        return rows.filter(**{f"{field}__lte": _moment(day, time.max)})

    return (
        Filter("since", DayField(label="Du", required=False), since, aside=aside),
        Filter("until", DayField(label="Au", required=False), until, aside=aside),
    )


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=get_current_timezone())


def _by(narrow: str | Narrow) -> Narrow:
    if not isinstance(narrow, str):
        return narrow
    lookup = narrow
    return lambda rows, value, lens: rows.filter(**{lookup: value})
