"""A list as a table: with the filters, the order and the columns that were on the screen."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eig.accounts.models import User
from eig.exports.rules import Cell
from eig.exports.sources import Table, register
from eig.listing.asking import Asked, asked_of, data_of
from eig.listing.description import Listing, Look, Shown
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

ROWS_AT_ONCE = 500
# The same list with every column, shown or not.
WHOLE = "-complet"


def export_list(listing: Listing) -> None:
    """Declare that staff may export this list, as they see it or with every column."""

    def build(promotion: Promotion, given: Mapping[str, Any], by: User) -> Table:
        look = Look(promotion, by, moment(promotion))
        return table_of(asked_of(listing, look, data=data_of(given)))

    def build_whole(promotion: Promotion, given: Mapping[str, Any], by: User) -> Table:
        return build(promotion, {**given, "columns": list(listing.columns)}, by)

    register(listing.code, title=listing.title, build=build)
    register(f"{listing.code}{WHOLE}", title=f"{listing.title}, toutes les colonnes", build=build_whole)


def table_of(asked: Asked, *, codes: Sequence[str] = (), more: Sequence[Shown] = ()) -> Table:
    """The rows of a list; `codes` instead of the columns that were on the screen, `more` after them."""
    shown = [item for code in codes or asked.codes for item in _written(asked.listing.columns[code])]
    shown += more

    def rows() -> Iterator[list[Cell]]:
        for row in asked.listing.complete(asked.rows).iterator(chunk_size=ROWS_AT_ONCE):
            yield [item.value(row, asked.lens) for item in shown]

    return Table(columns=[item.column for item in shown], total=asked.rows.count(), rows=rows())


def _written(item: Shown) -> Sequence[Shown]:
    return item.written or (() if item.template else (item,))
