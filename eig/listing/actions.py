"""Keep a view and forget it; one deed on many rows: asked, looked at, applied row by row.

Applied twice, it is done once.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.listing.choices import RowState
from eig.listing.description import Listing, Look
from eig.listing.lists import meaning_of
from eig.listing.models import BulkDeed, BulkRow, SavedView
from eig.listing.queries import GONE
from eig.promotions.models import Promotion

logger = logging.getLogger(__name__)

# Rows settled in one go by a request; a worker does the rest.
AT_ONCE = 60
UNEXPECTED = "Une erreur de l’application a empêché de traiter cette ligne ; rien n’y a changé."


class NoRows(Exception):
    """A deed concerns at least one row, and at most as many as can be looked at."""


class AlreadyApplied(Exception):
    """What was applied is not asked otherwise."""


@transaction.atomic
def keep_view(
    listing: Listing, promotion: Promotion, *, name: str, query: str, is_shared: bool, by: User, at: datetime
) -> SavedView:
    """Keep filters and columns under a name; the same name again replaces what it held."""
    view, _ = SavedView.objects.update_or_create(
        promotion=promotion,
        listing=listing.code,
        owner=by,
        name=name.strip(),
        defaults={"query": query, "is_shared": is_shared, "created_at": at},
    )
    return view


def forget_view(view: SavedView) -> None:
    view.delete()


@transaction.atomic
def prepare_bulk(
    listing: Listing, promotion: Promotion, *, kind: str, rows: Sequence[int], by: User, at: datetime
) -> BulkDeed:
    """Note which rows a deed is about. Nothing happens to them yet. Raises NoRows."""
    chosen = sorted(set(rows))
    if not chosen:
        raise NoRows("Cochez au moins une ligne.")
    if len(chosen) > listing.most:
        raise NoRows(f"{len(chosen)} lignes, c’est trop pour être relu : {listing.most} au plus.")
    bulk = BulkDeed.objects.create(
        promotion=promotion, listing=listing.code, kind=kind, asked_by=by, asked_at=at
    )
    record_type = listing.rows(Look(promotion, by, at)).model._meta.label_lower
    BulkRow.objects.bulk_create(BulkRow(bulk=bulk, record_type=record_type, record_id=pk) for pk in chosen)
    journal("prepare_bulk", bulk, by=by, at=at, listing=listing.code, kind=kind, rows=len(chosen))
    return bulk


@transaction.atomic
def fill_bulk(bulk: BulkDeed, *, given: Mapping[str, Any], by: User, at: datetime) -> None:
    """Say what is to be done, with plain values. Raises AlreadyApplied."""
    told = {**given, "said": True}
    filled = BulkDeed.objects.filter(pk=bulk.pk, applied_at__isnull=True).update(given=told)
    if not filled:
        raise AlreadyApplied("Ce geste est déjà appliqué : préparez-en un autre.")
    bulk.given = told


def apply_bulk(bulk: BulkDeed, *, by: User, at: datetime, most: int = AT_ONCE) -> int:
    """Do what is still to do, a transaction a row: one refusal stops no other. Returns how many rows wait."""
    if BulkDeed.objects.filter(pk=bulk.pk, applied_at__isnull=True).update(applied_at=at):
        journal("apply_bulk", bulk, by=by, at=at, listing=bulk.listing, kind=bulk.kind)
    waiting = bulk.rows.filter(state=RowState.PENDING).order_by("pk").values_list("pk", flat=True)
    for pk in list(waiting[:most]):
        try:
            _settle(bulk, pk, by=by, at=at)
        except Exception:
            logger.exception("A deed on many goes on after a failure")
            rows = BulkRow.objects.filter(pk=pk, state=RowState.PENDING)
            rows.update(state=RowState.REFUSED, said=UNEXPECTED, settled_at=at)
    return bulk.rows.filter(state=RowState.PENDING).count()


@transaction.atomic
def _settle(bulk: BulkDeed, pk: int, *, by: User, at: datetime) -> None:
    rows = BulkRow.objects.select_for_update(of=("self",), skip_locked=True)
    row = rows.filter(pk=pk, state=RowState.PENDING).first()
    if row is None:
        return
    said, state, meaning = GONE, RowState.REFUSED, meaning_of(bulk)
    record = (
        meaning[0].rows(Look(bulk.promotion, by, at)).filter(pk=row.record_id).first() if meaning else None
    )
    if meaning and record is not None:
        try:
            with transaction.atomic():
                said, state = meaning[1].do(bulk, record, by, at), RowState.DONE
        except meaning[1].refusals as reason:
            said = str(reason)
    BulkRow.objects.filter(pk=pk).update(state=state, said=said[:300], settled_at=at)
