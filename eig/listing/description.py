"""What a list is: who is in it, what narrows it, in what order, what is shown. A step passes one, frozen.

A list is read through a *lens*: what its filters and columns need, loaded once for all rows (the `Look`
itself when the step needs nothing more).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from eig.accounts.models import User
from eig.exports.rules import Cell, Column
from eig.french import french
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
    # Rows that one deed may be about: as many as a person looks at.
    most: int = 500
    # What it says when it has nothing to show.
    empty: str = ""

    @property
    def first(self) -> str:
        return next(iter(self.columns))

    @property
    def usual(self) -> tuple[str, ...]:
        return tuple(code for code, item in self.columns.items() if item.usual)


def by_name(path: str) -> tuple[Any, ...]:
    """In the order of a French dictionary, by last name; ties are broken by the list itself."""
    return (french(f"{path}__last_name").asc(), french(f"{path}__first_name").asc())


def named(path: str) -> tuple[str, str]:
    """The lookups of a person's name."""
    return (f"{path}__first_name", f"{path}__last_name")
