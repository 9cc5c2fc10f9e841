"""Ask: the views that a member of the team may open; the deeds on many rows, and what each row would meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from eig.accounts.models import User
from eig.exports.rules import Cell
from eig.french import french
from eig.listing.choices import RowState
from eig.listing.description import Listing, Look, Row
from eig.listing.lists import meaning_of
from eig.listing.models import BulkDeed, BulkRow, SavedView
from eig.promotions.models import Promotion


def saved_views(listing: Listing, promotion: Promotion, person: User) -> QuerySet[SavedView]:
    """Theirs and those that their colleagues share, by name."""
    seen = Q(owner=person) | Q(is_shared=True)
    rows = SavedView.objects.filter(seen, promotion=promotion, listing=listing.code).select_related("owner")
    return rows.order_by(french("name"), "pk")


def bulks_listed(promotion: Promotion) -> QuerySet[BulkDeed]:
    """The deeds on many rows, latest first, with what became of each."""
    rows: QuerySet[Any] = BulkDeed.objects.filter(promotion=promotion)
    listed: QuerySet[BulkDeed] = (
        rows.select_related("asked_by", "promotion")
        .annotate(
            total=Count("rows"),
            done=Count("rows", filter=Q(rows__state=RowState.DONE)),
            refused=Count("rows", filter=Q(rows__state=RowState.REFUSED)),
            pending=Count("rows", filter=Q(rows__state=RowState.PENDING)),
        )
        .order_by("-asked_at", "-pk")
    )
    return listed


def bulk_rows(bulk: BulkDeed) -> QuerySet[BulkRow]:
    """The rows of a deed, what was refused first."""
    return bulk.rows.order_by("-state", "record_id", "pk")


@dataclass(frozen=True, slots=True)
class Forecast:
    """A row, its record as the list shows it, and what it would meet: nothing said means « done »."""

    row: BulkRow
    record: Row | None
    cells: tuple[Cell, ...]
    refusal: str

    @property
    def is_settled(self) -> bool:
        return self.row.state != RowState.PENDING


GONE = "Cette ligne n’existe plus."


def forecasts(
    bulk: BulkDeed, rows: Sequence[BulkRow], *, by: User, at: datetime, judged: bool = True
) -> list[Forecast]:
    """The refusal that each row would meet now, if any; what settled rows have met."""
    meaning = meaning_of(bulk)
    if meaning is None:
        return []
    listing, deed = meaning
    look = Look(bulk.promotion, by, at)
    ids = [row.record_id for row in rows]
    shown = listing.complete(listing.rows(look).filter(pk__in=ids)).order_by("pk")
    records = {record.pk: record for record in shown}
    judge = deed.judge(bulk, ids) if judged else (lambda record: "")
    lens = listing.lens(look)
    found = []
    for row in rows:
        record = records.get(row.record_id)
        if row.state != RowState.PENDING:
            refusal = row.said
        else:
            refusal = judge(record) if record is not None else GONE
        cells = [listing.columns[code].value(record, lens) for code in listing.brief] if record else [GONE]
        found.append(Forecast(row, record, tuple(cells), refusal))
    return found
