"""What a list shows of a row. A value is said as in a template: « project.title », « get_kind_display »."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from eig.accounts.models import User
from eig.exports.rules import Cell, Column
from eig.listing.description import Lens, Row, Shown

Kind = TypeVar("Kind")
# A path from the row, or what is made of it.
Value = str | Callable[[Row], Kind]


def _reading(value: Value[Kind]) -> Callable[[Row, Lens], Kind]:
    if callable(value):
        made = value
        return lambda row, lens: made(row)
    parts = value.split(".")

    def read(row: Row, lens: Lens) -> Any:
        for part in parts:
            row = getattr(row, part)
        return row() if callable(row) else row

    return read


def text(label: str, value: Value[Cell], *, width: int = 24, **more: Any) -> Shown:
    """A column that needs no lens."""
    return Shown(Column(label, width=width), _reading(value), **more)


def figure(label: str, value: Value[Cell], *, width: int = 10, **more: Any) -> Shown:
    return Shown(Column(label, "number", width), _reading(value), **more)


def moment(label: str, value: Value[datetime | None], **more: Any) -> Shown:
    return Shown(Column(label, "moment", 18), _reading(value), **more)


def day(label: str, value: Value[date | None], **more: Any) -> Shown:
    return Shown(Column(label, "date", 14), _reading(value), **more)


def state(name: str, badges: Mapping[str, str], *, label: str = "État", **more: Any) -> Shown:
    """The state of a row in words, with its colour."""
    return text(
        label,
        f"get_{name}_display",
        width=20,
        badge=lambda row, lens: badges.get(getattr(row, name), ""),
        **more,
    )


def person(who: Value[User | None], *, label: str = "Personne", of: str = "", **more: Any) -> Shown:
    """A name: one cell to read, two to sort and to merge letters with."""
    suffix, someone = f" {of}" if of else "", _reading(who)
    written = (
        text(f"Nom{suffix}", lambda row: _of(someone(row, None), "last_name")),
        text(f"Prénom{suffix}", lambda row: _of(someone(row, None), "first_name")),
    )
    return text(label, lambda row: str(someone(row, None) or ""), width=26, written=written, **more)


def _of(someone: User | None, part: str) -> str:
    return str(getattr(someone, part, "") or "")
