"""Ask for an export, write it (in a worker), give it up, erase it when its days are over."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from eig.accounts.models import User
from eig.documents.files import keep_bytes
from eig.documents.models import Document
from eig.exports import emails
from eig.exports.choices import UNDER_WAY, Format, Status
from eig.exports.models import Export
from eig.exports.rules import Cell, file_name
from eig.exports.sheets import write_file
from eig.exports.sources import source_of
from eig.failures.actions import each_alone
from eig.jobs.actions import Clock, hold, renew, run_next, settle
from eig.journal.actions import record as journal
from eig.promotions.models import Promotion

# The names of spreadsheets are longer than the column: the door says the true one (see the view).
KEPT_AS = "application/octet-stream"
# Rows between two looks at the row in the base: the progress shown, and whether it was given up.
STEP = 200
# Whoever waited longer than this has gone to do something else: a mail tells them.
PATIENCE = timedelta(seconds=30)


class UnknownSource(Exception):
    """Nothing is registered under this name."""


@transaction.atomic
def ask_export(
    promotion: Promotion, *, kind: str, format: str, given: Mapping[str, Any], by: User, at: datetime
) -> Export:
    """Queue an export; the same asked twice while it is under way is one. Raises UnknownSource."""
    source = source_of(kind)
    if source is None or format not in Format.values:
        raise UnknownSource("Cet export n’existe pas.")
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    same = Export.objects.filter(
        promotion=promotion, kind=kind, format=format, given=dict(given), asked_by=by, status__in=UNDER_WAY
    )
    if found := same.order_by("pk").first():
        return found
    export = Export.objects.create(
        promotion=promotion,
        kind=kind,
        title=f"{source.title} – {promotion.name}",
        given=dict(given),
        format=format,
        asked_by=by,
        asked_at=at,
    )
    journal("ask_export", export, by=by, at=at, kind=kind, format=format, personal_data=True)
    return export


@transaction.atomic
def cancel_export(export: Export, *, by: User, at: datetime) -> bool:
    """Give an export up; the worker stops at its next look. False when it is no longer under way."""
    stopped = Export.objects.filter(pk=export.pk, status__in=UNDER_WAY).update(
        status=Status.CANCELLED, lease_until=None
    )
    if stopped:
        journal("cancel_export", export, by=by, at=at)
    return bool(stopped)


def write_next_export(*, clock: Clock) -> Export | None:
    """Write one waiting export; None when none waits. A cancellation stops the worker at its next look."""
    return run_next(Export, partial(_write, clock=clock), clock=clock)


def _write(export: Export, *, clock: Clock) -> None:
    source = source_of(export.kind)
    if source is None or not (export.asked_by.is_staff and export.asked_by.is_active):
        # Whoever left the team reads nothing any more.
        settle(export, Status.CANCELLED)
        return
    table = source.build(export.promotion, export.given, export.asked_by)
    renew(export, now=clock(), rows_done=0, rows_total=table.total)
    done = 0

    def counted() -> Iterator[Sequence[Cell]]:
        nonlocal done
        for done, row in enumerate(table.rows, start=1):
            if done % STEP == 0:
                renew(export, now=clock(), rows_done=done)
            yield row

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        write_file(path, format=export.format, title=export.title, columns=table.columns, rows=counted())
        _keep(export, path, rows=done, now=clock())


@transaction.atomic
def _keep(export: Export, path: Path, *, rows: int, now: datetime) -> None:
    """The file and the state change together; a cancellation under way is waited for, and wins."""
    hold(export)
    name = file_name(export.title, at=localtime(now), suffix=export.format)
    document = keep_bytes(path.read_bytes(), name=name, media_type=KEPT_AS, owner=None, at=now)
    settle(
        export,
        Status.READY,
        rows_done=rows,
        rows_total=rows,
        document=document,
        ready_at=now,
        expires_at=now + timedelta(days=settings.EXPORT_DAYS),
    )
    journal("write_export", export, by=None, at=now, rows=rows)
    if now - export.asked_at > PATIENCE:
        emails.export_ready(export, at=now)


def record_download(export: Export, *, by: User, at: datetime) -> None:
    """Personal data leaves the application: the journal says who took it, when, how many rows."""
    journal("download_export", export, by=by, at=at, rows=export.rows_done, format=export.format)


def purge_exports(*, at: datetime) -> int:
    """Erase the files whose days are over; the row remains, and says that there was one."""
    over = Export.objects.filter(status=Status.READY, expires_at__lte=at)
    erased = each_alone(
        "purge_exports",
        over.order_by("pk"),
        partial(_erase, at=at),
        deed="effacer un export arrivé à son terme",
        at=at,
    )
    return sum(erased)


@transaction.atomic
def _erase(over: Export, *, at: datetime) -> int:
    export = (
        Export.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("document")
        .filter(pk=over.pk, status=Status.READY)
        .first()
    )
    if export is None:
        return 0
    document: Document | None = export.document
    Export.objects.filter(pk=export.pk).update(status=Status.EXPIRED, document=None)
    journal("purge_export", export, by=None, at=at)
    if document is not None:
        document.delete()
        # The file goes once the deed is certain: a file without a row is swept, a row without a file is not.
        storage, name = document.file.storage, document.file.name or ""
        transaction.on_commit(lambda: storage.delete(name))
    return 1
