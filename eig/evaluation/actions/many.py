"""Readings handed out many at once, each row kept with what became of it (`eig.listing`)."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.dossiers.queries.revision import type_of
from eig.evaluation.actions.queue import give_back_places, hand_out_readings
from eig.evaluation.actions.reading import NotAReader, ReaderBarred, assign_reader
from eig.evaluation.choices import Many, SheetStatus
from eig.evaluation.models import Reader, Reading, Ties
from eig.evaluation.queries import dossiers_of
from eig.evaluation.rules import Distribution
from eig.french import of
from eig.journal.actions import record as journal
from eig.listing.choices import RowState
from eig.listing.description import Listing, Row
from eig.listing.models import BulkDeed, BulkRow
from eig.promotions.models import Promotion


def apply_plan(
    model: type[Reading],
    promotion: Promotion,
    *,
    ties: Ties,
    listing: Listing,
    digest: str,
    by: User,
    at: datetime,
) -> BulkDeed:
    """Hand out exactly what a preview showed, and keep what became of each row. Raises PlanChanged.

    The places left unopened are given back first, and stay so: the next preview counts them.
    """
    give_back_places(model, promotion, at=at)
    with transaction.atomic():
        made = hand_out_readings(model, promotion, ties=ties, by=by, at=at, shown=digest)
        return _kept(model, promotion, made, listing=listing, by=by, at=at)


def _kept(
    model: type[Reading],
    promotion: Promotion,
    made: Distribution,
    *,
    listing: Listing,
    by: User,
    at: datetime,
) -> BulkDeed:
    deed = BulkDeed.objects.create(
        promotion=promotion,
        listing=listing.code,
        kind=Many.ASSIGN,
        given={"plan": made.digest},
        asked_by=by,
        asked_at=at,
        applied_at=at,
    )
    people = User.objects.in_bulk({reader for _, reader in made.pairs})
    record_type = type_of(dossiers_of(model))
    given = made.readers
    BulkRow.objects.bulk_create(
        BulkRow(
            bulk=deed,
            record_type=record_type,
            record_id=dossier,
            state=RowState.DONE if dossier in given else RowState.REFUSED,
            said=_said([str(people[pk]) for pk in given.get(dossier, ())], made.unmet.get(dossier, 0)),
            settled_at=at,
        )
        for dossier in sorted(made.dossiers)
    )
    journal("apply_plan", deed, by=by, at=at, pairs=len(made.pairs), unmet=sum(made.unmet.values()))
    return deed


def _said(names: Sequence[str], unmet: int) -> str:
    given = f"À lire par {' et '.join(names)}." if names else ""
    short = f"Il manque {unmet} lecture{'s' if unmet > 1 else ''}"
    lacking = f"{short} : plafonds, métiers, liens ou déports l’empêchent." if unmet else ""
    return f"{given} {lacking}".strip()[:300]


def assign_many(model: type[Reading]) -> Callable[[BulkDeed, Row, User, datetime], str]:
    """Give one dossier of many to the reader whom the deed names, within what they may hold."""
    return lambda deed, row, by, at: _assign(model, deed, row, by, at)


def _assign(model: type[Reading], deed: BulkDeed, row: Row, by: User, at: datetime) -> str:
    kind = model.KIND
    readers = Reader.objects.filter(promotion=deed.promotion_id, stage=kind.stage).select_related("person")
    reader = readers.filter(person__code=deed.given["reader"]).first()
    if reader is None:
        raise NotAReader(f"Cette personne ne lit plus {kind.several} de cette promotion.")
    # Held until the row is settled: of two deeds at once, the second counts what the first gave.
    list(User.objects.select_for_update().filter(pk=reader.person_id).values_list("pk"))
    held = model._default_manager.filter(
        kind.regular, **{f"{kind.dossier}__promotion": deed.promotion_id}, reader=reader.person_id
    ).exclude(sheet__status=SheetStatus.RECUSED)
    if held.count() >= reader.cap:
        raise ReaderBarred(f"Le plafond {of(reader.person)} est atteint.")
    assign_reader(model, row, reader=reader.person, by=by, at=at)
    return f"À lire par {reader.person}."
