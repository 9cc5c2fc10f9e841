"""A copy of one's data: asked on a page, made by a worker, kept a week, served to the person only."""

from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction

from eig.accounts.models import User
from eig.documents.files import keep_bytes
from eig.documents.models import Document
from eig.failures.actions import each_alone
from eig.jobs.actions import Clock, hold, run_next, settle
from privacy import emails
from privacy.actions.treatment import delete_rows
from privacy.choices import CopyStatus
from privacy.models import DataCopy
from privacy.queries.archive import archive_of
from privacy.rules import COPY_DAYS


def ask_copy(person: User, *, at: datetime) -> DataCopy:
    """Queue a copy; asking again while one is being made returns that one."""
    try:
        with transaction.atomic():
            return DataCopy.objects.create(person=person, asked_at=at)
    except IntegrityError:
        return DataCopy.objects.get(person=person, status=CopyStatus.QUEUED)


def make_next_copy(*, clock: Clock) -> bool:
    """Make one waiting copy; False when none waits."""
    return run_next(DataCopy, partial(_make, clock=clock), clock=clock) is not None


def _make(copy: DataCopy, *, clock: Clock) -> None:
    data = archive_of(copy.person, at=clock())
    now = clock()
    with transaction.atomic():
        hold(copy)
        name = f"mes-donnees-{now:%Y-%m-%d}.zip"
        document = keep_bytes(data, name=name, media_type="application/zip", owner=copy.person, at=now)
        ends = now + timedelta(days=COPY_DAYS)
        settle(copy, CopyStatus.READY, document=document, ready_at=now, expires_at=ends)
        emails.copy_ready(copy, at=now)


def remove_expired_copies(*, at: datetime) -> int:
    """Delete the files of copies past their week."""
    past = DataCopy.objects.filter(status=CopyStatus.READY, expires_at__lte=at).order_by("pk")
    removed = each_alone("remove_copies", past, _remove, deed="effacer une copie arrivée à son terme", at=at)
    return sum(removed)


def _remove(past: DataCopy) -> int:
    rows = DataCopy.objects.select_for_update(skip_locked=True, of=("self",))
    copy = rows.filter(pk=past.pk, status=CopyStatus.READY).first()
    if copy is None:
        return 0
    DataCopy.objects.filter(pk=copy.pk).update(status=CopyStatus.EXPIRED, document=None)
    delete_rows(Document, [copy.document_id] if copy.document_id else [])
    return 1
