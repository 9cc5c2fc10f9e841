"""Ask for an export, write it (in a worker), give it up, erase it when its days are over."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
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
from eig.exports.sources import Table, source_of
from eig.journal.actions import record as journal
from eig.promotions.models import Promotion

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 3
# The names of spreadsheets are longer than the column: the door says the true one (see the view).
KEPT_AS = "application/octet-stream"
# Rows between two looks at the row in the base: the progress shown, and whether it was given up.
STEP = 200
# Whoever waited longer than this has gone to do something else: a mail tells them.
PATIENCE = timedelta(seconds=30)


class UnknownSource(Exception):
    """Nothing is registered under this name."""


class GivenUp(Exception):
    """The person cancelled while the worker was writing, or may no longer read what they asked for."""


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


@transaction.atomic
def claim_export(*, now: datetime) -> Export | None:
    """Take one export to write: waiting, or left by a worker that died."""
    rows = Export.objects.select_for_update(skip_locked=True, of=("self",))
    waiting = rows.filter(status=Status.QUEUED) | rows.filter(status=Status.RUNNING, lease_until__lt=now)
    export = waiting.select_related("promotion", "asked_by").order_by("asked_at", "pk").first()
    if export is None:
        return None
    export.attempts += 1
    export.status, export.lease_until, export.rows_done = Status.RUNNING, now + LEASE, 0
    if export.attempts > MAX_ATTEMPTS:
        export.status, export.lease_until = Status.FAILED, None
        export.error = export.error or "L’atelier s’est arrêté plusieurs fois pendant l’écriture."
    export.save(update_fields=["attempts", "status", "lease_until", "rows_done", "error"])
    return export if export.status == Status.RUNNING else None


def write_export(export: Export, *, now: datetime) -> None:
    """Write a claimed export: rows streamed to a file, progress in the base, a look for a cancellation."""
    try:
        source = source_of(export.kind)
        if source is None or not (export.asked_by.is_staff and export.asked_by.is_active):
            raise GivenUp
        table = source.build(export.promotion, export.given, export.asked_by)
        _write(export, table, now=now)
    except GivenUp:
        Export.objects.filter(pk=export.pk, status=Status.RUNNING).update(
            status=Status.CANCELLED, lease_until=None
        )
    except Exception as error:  # noqa: BLE001 — whatever a source raises, the row must tell
        again = export.attempts < MAX_ATTEMPTS
        Export.objects.filter(pk=export.pk, status=Status.RUNNING).update(
            status=Status.QUEUED if again else Status.FAILED,
            lease_until=None,
            error=f"{type(error).__name__}: {error}"[:500],
        )


def _write(export: Export, table: Table, *, now: datetime) -> None:
    running = Export.objects.filter(pk=export.pk, status=Status.RUNNING)
    if not running.update(rows_total=table.total):
        raise GivenUp
    done = 0

    def counted() -> Iterator[Sequence[Cell]]:
        nonlocal done
        for done, row in enumerate(table.rows, start=1):
            if done % STEP == 0 and not running.update(rows_done=done, lease_until=now + LEASE):
                raise GivenUp
            yield row

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        write_file(path, format=export.format, title=export.title, columns=table.columns, rows=counted())
        _keep(export, path, rows=done, now=now)


@transaction.atomic
def _keep(export: Export, path: Path, *, rows: int, now: datetime) -> None:
    """The file and the state change together; a cancellation under way is waited for, and wins."""
    locked = Export.objects.select_for_update().filter(pk=export.pk, status=Status.RUNNING).first()
    if locked is None:
        raise GivenUp
    name = file_name(export.title, at=localtime(now), suffix=export.format)
    document = keep_bytes(path.read_bytes(), name=name, media_type=KEPT_AS, owner=None, at=now)
    Export.objects.filter(pk=export.pk).update(
        status=Status.READY,
        rows_done=rows,
        rows_total=rows,
        document=document,
        ready_at=now,
        expires_at=now + timedelta(days=settings.EXPORT_DAYS),
        lease_until=None,
        error="",
    )
    export.refresh_from_db()
    journal("write_export", export, by=None, at=now, rows=rows)
    if now - export.asked_at > PATIENCE:
        emails.export_ready(export, at=now)


def record_download(export: Export, *, by: User, at: datetime) -> None:
    """Personal data leaves the application: the journal says who took it, when, how many rows."""
    journal("download_export", export, by=by, at=at, rows=export.rows_done, format=export.format)


def purge_exports(*, at: datetime) -> int:
    """Erase the files whose days are over; the row remains, and says that there was one."""
    over = Export.objects.filter(status=Status.READY, expires_at__lte=at)
    return sum(_erase(pk, at=at) for pk in over.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _erase(pk: int, *, at: datetime) -> int:
    export = (
        Export.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("document")
        .filter(pk=pk, status=Status.READY)
        .first()
    )
    if export is None:
        return 0
    document: Document | None = export.document
    Export.objects.filter(pk=pk).update(status=Status.EXPIRED, document=None)
    journal("purge_export", export, by=None, at=at)
    if document is not None:
        document.delete()
        # The file goes once the deed is certain: a file without a row is swept, a row without a file is not.
        storage, name = document.file.storage, document.file.name or ""
        transaction.on_commit(lambda: storage.delete(name))
    return 1
