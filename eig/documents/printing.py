"""Ask for a print, and make it in a worker. Steps register how each kind of document is built."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from eig.accounts.models import User
from eig.documents.choices import PrintStatus
from eig.documents.files import keep_bytes
from eig.documents.models import Document, Print
from eig.documents.pdf import Press, PrintFailed, render_pdf

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Order:
    """What a builder returns: template, context, file name and own assets (name → media type, bytes)."""

    template: str
    context: Mapping[str, Any]
    filename: str
    assets: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)


Progress = Callable[[int], None]
Builder = Callable[[int, Progress], Order]

_builders: dict[str, Builder] = {}


def register(kind: str, builder: Builder) -> None:
    """Declare, from a step's AppConfig.ready, how prints of `kind` are built from their subject's id."""
    _builders[kind] = builder


def print_kinds() -> list[str]:
    return sorted(_builders)


def ask_print(kind: str, *, subject_id: int, title: str, by: User | None, at: datetime) -> Print:
    """Queue a print; asking again while one is under way returns that one."""
    try:
        with transaction.atomic():
            return Print.objects.create(
                kind=kind, subject_id=subject_id, title=title, asked_by=by, asked_at=at
            )
    except IntegrityError:
        return Print.objects.get(
            kind=kind, subject_id=subject_id, status__in=[PrintStatus.QUEUED, PrintStatus.RUNNING]
        )


def latest_print(kind: str, subject_id: int) -> Print | None:
    return Print.objects.filter(kind=kind, subject_id=subject_id).order_by("-asked_at", "-pk").first()


def ready_document(kind: str, subject_id: int) -> Document | None:
    """The most recent finished document of this kind about this subject."""
    done = (
        Print.objects.filter(kind=kind, subject_id=subject_id, status=PrintStatus.READY)
        .select_related("document")
        .order_by("-ready_at", "-pk")
        .first()
    )
    return done.document if done else None


@transaction.atomic
def forget_prints(kind: str, *, subject_id: int) -> int:
    """Destroy every print of this kind about this subject, its files once the deed is sure."""
    prints = Print.objects.filter(kind=kind, subject_id=subject_id)
    documents = list(Document.objects.filter(pk__in=prints.values("document")).order_by("pk"))
    count = prints.delete()[0]
    for document in documents:
        transaction.on_commit(partial(document.file.storage.delete, str(document.file.name)))
    Document.objects.filter(pk__in=[document.pk for document in documents]).delete()
    return count


@transaction.atomic
def _claim(now: datetime) -> Print | None:
    waiting = Print.objects.select_for_update(skip_locked=True).filter(
        status=PrintStatus.QUEUED
    ) | Print.objects.select_for_update(skip_locked=True).filter(
        status=PrintStatus.RUNNING, lease_until__lt=now
    )
    job = waiting.order_by("asked_at", "pk").first()
    if job is None:
        return None
    if job.attempts >= MAX_ATTEMPTS:
        job.status, job.lease_until = PrintStatus.FAILED, None
        job.error = job.error or "l’atelier s’est arrêté plusieurs fois pendant l’impression"
        job.save(update_fields=["status", "lease_until", "error"])
        return None
    job.status, job.attempts, job.progress, job.lease_until = (
        PrintStatus.RUNNING,
        job.attempts + 1,
        5,
        now + LEASE,
    )
    job.save(update_fields=["status", "attempts", "progress", "lease_until"])
    return job


def _make(job: Print, press: Press | None) -> None:
    def progress(percent: int) -> None:
        Print.objects.filter(pk=job.pk).update(progress=percent, lease_until=timezone.now() + LEASE)

    order = _builders[job.kind](job.subject_id, progress)
    progress(40)
    pdf = render_pdf(order.template, order.context, assets=order.assets, press=press)
    now = timezone.now()
    document = keep_bytes(pdf, name=order.filename, media_type="application/pdf", owner=None, at=now)
    kept = Print.objects.filter(pk=job.pk).update(
        status=PrintStatus.READY, progress=100, document=document, ready_at=now, lease_until=None, error=""
    )
    if not kept:
        # Forgotten while it was being made: what it says must not be kept.
        storage, name = document.file.storage, str(document.file.name)
        document.delete()
        storage.delete(name)


def print_next(press: Press | None = None) -> bool:
    """Make one waiting print, on a warm press if given; False when none waits. A failure is tried again."""
    job = _claim(timezone.now())
    if job is None:
        return False
    try:
        _make(job, press)
    except (PrintFailed, KeyError) as error:
        last = job.attempts >= MAX_ATTEMPTS
        Print.objects.filter(pk=job.pk).update(
            status=PrintStatus.FAILED if last else PrintStatus.QUEUED,
            lease_until=None,
            error=str(error)[:500],
        )
    return True
