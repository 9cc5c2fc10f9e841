"""What a list is: who is in it, what narrows it, in what order, what is shown. A step passes one, frozen.

A list is read through a *lens*: what its filters and columns need, loaded once for all rows (the `Look`
itself when the step needs nothing more).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat
from django.utils.timezone import get_current_timezone

from eig.accounts.models import User
from eig.design.moments import DayField
from eig.exports.rules import Cell, Column
from eig.french import folded, french
from eig.promotions.models import Promotion

Rows = QuerySet[Any]
# A record with what its list adds to it.
Row = Any
Lens = Any
Choices = Sequence[tuple[str, str]]
Narrow = Callable[[Rows, Any, Lens], Rows]


@dataclass(frozen=True, slots=True)
class Look:
    """Who reads a list of which promotion, and when."""

    promotion: Promotion
    by: User
    at: datetime


@dataclass(frozen=True, slots=True)
class Filter:
    """One question asked of the list, in its address; what makes no sense asks for nothing."""

    name: str
    field: forms.Field
    narrow: Narrow
    # Those that the promotion decides come after those of the field.
    choices: Callable[[Lens], Choices] | None = None
    # Folded under « Plus de filtres ».
    aside: bool = False
    # What is asked when nothing is.
    default: Any = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A column: its heading, its value for a row, whether the list shows it unless told otherwise."""

    column: Column
    value: Callable[[Row, Lens], Cell]
    usual: bool = True
    # Where the value leads, and the colour of a state: on the screen only.
    href: Callable[[Row], str] | None = None
    badge: Callable[[Row, Lens], str] | None = None
    # A template that writes the cell instead (a deed on this row): the column is then not exported.
    template: str = ""
    # What an export writes in its place: a name in two cells.
    written: tuple["Shown", ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the team. The first column names the row: it is always there."""

    code: str
    title: str
    # « candidature » : what is counted, singular or « singular,plural ».
    noun: str
    # The URL name of its page, which takes the code of the promotion.
    door: str
    rows: Callable[[Look], Rows]
    columns: Mapping[str, Shown]
    orders: Mapping[str, tuple[str, Sequence[Any]]]
    filters: Sequence[Filter] = ()
    lens: Callable[[Look], Lens] = lambda look: look
    # What the columns need of the rows that are shown, in a few queries whatever their number.
    complete: Callable[[Rows], Rows] = lambda rows: rows
    # The columns by which a row is known where little else is shown (the preview of a deed).
    brief: tuple[str, ...] = ()
    # The field by which a ticked row is known.
    key: str = "code"
    page: int = 25

    @property
    def first(self) -> str:
        return next(iter(self.columns))

    @property
    def usual(self) -> tuple[str, ...]:
        return tuple(code for code, item in self.columns.items() if item.usual)


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


def tick(name: str, label: str, narrow: Narrow, *, aside: bool = True) -> Filter:
    return Filter(name, forms.BooleanField(label=label, required=False), narrow, aside=aside)


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


def text(label: str, value: Callable[[Row], Cell], *, width: int = 24, **more: Any) -> Shown:
    """A column that needs no lens."""
    return Shown(Column(label, width=width), lambda row, lens: value(row), **more)


def figure(label: str, value: Callable[[Row], Cell], *, width: int = 10, **more: Any) -> Shown:
    return Shown(Column(label, "number", width), lambda row, lens: value(row), **more)


def moment(label: str, value: Callable[[Row], datetime | None], **more: Any) -> Shown:
    return Shown(Column(label, "moment", 18), lambda row, lens: value(row), **more)


def day(label: str, value: Callable[[Row], date | None], **more: Any) -> Shown:
    return Shown(Column(label, "date", 14), lambda row, lens: value(row), **more)


def state(
    value: Callable[[Row], str], *, badge: Callable[[Row, Lens], str], label: str = "État", **more: Any
) -> Shown:
    return Shown(Column(label, width=20), lambda row, lens: value(row), badge=badge, **more)


def person(who: Callable[[Row], User | None], *, label: str = "Personne", of: str = "", **more: Any) -> Shown:
    """A name: one cell to read, two to sort and to merge letters with."""
    suffix = f" {of}" if of else ""
    return text(
        label,
        lambda row: str(who(row) or ""),
        width=26,
        written=(
            text(f"Nom{suffix}", lambda row: _of(who(row), "last_name")),
            text(f"Prénom{suffix}", lambda row: _of(who(row), "first_name")),
        ),
        **more,
    )


def _of(someone: User | None, part: str) -> str:
    return str(getattr(someone, part, "") or "")


def by_name(path: str) -> tuple[Any, ...]:
    """In the order of a French dictionary, by last name; ties are broken by the list itself."""
    return (french(f"{path}__last_name").asc(), french(f"{path}__first_name").asc())
