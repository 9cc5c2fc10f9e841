"""Legal moves of a record from one state to the next, and the one function that writes a state."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from typing import Any, TypeVar, cast

from django.db import IntegrityError, models, transaction

from eig.accounts.models import User
from eig.journal.actions import entry, record_all
from eig.journal.actions import record as journal
from eig.journal.changes import replaced

AnyModel = TypeVar("AnyModel", bound=models.Model)
Lifecycle = Mapping[str, Set[str]]


class IllegalMove(Exception):
    """The record is no longer in the state that this step starts from."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message
            or "Cette action n’est plus possible : l’état a changé entre-temps. "
            "Rechargez la page pour voir où en est le dossier."
        )


def lock(record: AnyModel, *related: str) -> AnyModel:
    """The record as it stands, with what it is read with; nobody else has it before the transaction ends."""
    model = cast(type[AnyModel], record._meta.model)
    rows = model._default_manager.select_for_update(of=("self",))
    return (rows.select_related(*related) if related else rows).get(pk=record.pk)


def may_move(record: Any, to: str) -> bool:
    return to in record.LIFECYCLE.get(record.status, frozenset())


def move(record: Any, to: str, *, by: User | None, at: datetime, **changes: Any) -> None:
    """Move `record` to a new state, together with the fields that go with it, and journal it.

    The UPDATE carries the old state in its WHERE clause: of two people who click at the same
    moment, the second is refused instead of silently overwriting the first.
    """
    if not may_move(record, to):
        raise IllegalMove
    before, changed = record.status, replaced(record, changes)
    rows = type(record)._default_manager.filter(pk=record.pk, status=before)
    # No savepoint: a refusal has written nothing, and every deed moves something.
    with transaction.atomic(savepoint=False):
        if moved := rows.update(status=to, **changes):
            for field, value in {"status": to, **changes}.items():
                setattr(record, field, value)
            said: dict[str, Any] = {"changed": changed} if changed else {}
            journal("move", record, by=by, at=at, before=before, after=to, **said)
    if not moved:
        raise IllegalMove


@transaction.atomic
def move_all(records: Sequence[Any], to: str, *, by: User | None, at: datetime, **changes: Any) -> None:
    """Move many records of one model from one common state, in one UPDATE: all of them or none."""
    if not records:
        return
    before = records[0].status
    if any(record.status != before or not may_move(record, to) for record in records):
        raise IllegalMove
    model: type[models.Model] = type(records[0])
    keys = [record.pk for record in records]
    moved = model._default_manager.filter(pk__in=keys, status=before).update(status=to, **changes)
    if moved != len(keys):
        raise IllegalMove
    for record in records:
        record.status = to
        for field, value in changes.items():
            setattr(record, field, value)
    record_all(entry("move", record, by=by, at=at, before=before, after=to) for record in records)


def broken(error: IntegrityError) -> str:
    """The name of the constraint that the database refused to break."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "") or "")
