"""A copy of one's data: asked on a page, made by a worker, kept a week, served to the person only."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from eig.accounts.models import User
from eig.documents.files import keep_bytes
from eig.documents.models import Document
from privacy import emails
from privacy.actions.treatment import delete_rows
from privacy.choices import CopyStatus
from privacy.models import DataCopy
from privacy.queries.archive import archive_of
from privacy.rules import COPY_DAYS

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 3


def ask_copy(person: User, *, at: datetime) -> DataCopy:
    """Queue a copy; asking again while one is being made returns that one."""
    try:
        with transaction.atomic():
            return DataCopy.objects.create(person=person, asked_at=at)
    except IntegrityError:
        return DataCopy.objects.get(person=person, status=CopyStatus.QUEUED)


@transaction.atomic
def _claim(now: datetime) -> DataCopy | None:
    waiting = DataCopy.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        status=CopyStatus.QUEUED
    )
    copy = waiting.exclude(lease_until__gte=now).select_related("person").order_by("asked_at", "pk").first()
    if copy is None:
        return None
    if copy.attempts >= MAX_ATTEMPTS:
        DataCopy.objects.filter(pk=copy.pk).update(status=CopyStatus.FAILED, lease_until=None)
        return None
    DataCopy.objects.filter(pk=copy.pk).update(attempts=copy.attempts + 1, lease_until=now + LEASE)
    return copy


def make_next_copy(*, at: datetime) -> bool:
    """Make one waiting copy; False when none waits. A worker that dies leaves a lease that expires."""
    copy = _claim(at)
    if copy is None:
        return False
    data = archive_of(copy.person, at=at)
    with transaction.atomic():
        now = at
        still = DataCopy.objects.select_for_update(of=("self",)).filter(pk=copy.pk, status=CopyStatus.QUEUED)
        if not still.exists():
            return True
        document = keep_bytes(
            data,
            name=f"mes-donnees-{now:%Y-%m-%d}.zip",
            media_type="application/zip",
            owner=copy.person,
            at=now,
        )
        still.update(
            status=CopyStatus.READY,
            document=document,
            ready_at=now,
            expires_at=now + timedelta(days=COPY_DAYS),
            lease_until=None,
        )
        copy.refresh_from_db()
        emails.copy_ready(copy, at=now)
    return True


@transaction.atomic
def remove_expired_copies(*, at: datetime) -> int:
    """Delete the files of copies past their week."""
    past = list(
        DataCopy.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            status=CopyStatus.READY, expires_at__lte=at
        )
    )
    documents = [copy.document_id for copy in past if copy.document_id]
    DataCopy.objects.filter(pk__in=[copy.pk for copy in past]).update(
        status=CopyStatus.EXPIRED, document=None
    )
    delete_rows(Document, documents)
    return len(past)
