"""Ask for a print, and make it in a worker. Steps register how each kind of document is built."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from eig.accounts.models import User
from eig.documents.choices import PrintStatus
from eig.documents.files import keep_bytes
from eig.documents.models import Document, Print
from eig.documents.pdf import Press, render_pdf
from eig.jobs.actions import Clock, hold, renew, run_next, settle


@dataclass(frozen=True, slots=True)
class Order:
    """What a builder returns: template, context, file name and own assets (name → media type, bytes).

    `long`: it says the texts of a whole promotion, and may take longer than those of one person.
    """

    template: str
    context: Mapping[str, Any]
    filename: str
    assets: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    long: bool = False


Progress = Callable[[int], None]
Builder = Callable[[int, Progress], Order]

builders: dict[str, Builder] = {}


def register(kind: str, builder: Builder) -> None:
    """Declare, from a step's AppConfig.ready, how prints of `kind` are built from their subject's id."""
    builders[kind] = builder


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


@dataclass(frozen=True, slots=True)
class Printing:
    """Where a print is: the last one that was asked, the last document that was made."""

    job: Print | None
    document: Document | None

    @property
    def is_under_way(self) -> bool:
        return self.job is not None and self.job.status in {PrintStatus.QUEUED, PrintStatus.RUNNING}

    @property
    def is_failed(self) -> bool:
        return self.job is not None and self.job.status == PrintStatus.FAILED


def printing_of(kind: str, subject_id: int) -> Printing:
    return Printing(latest_print(kind, subject_id), ready_document(kind, subject_id))


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
    # Locked first: a worker that is keeping its file ends before, and leaves it to be destroyed here.
    held = list(prints.select_for_update().order_by("pk").values_list("document", flat=True))
    documents = list(Document.objects.filter(pk__in=held).order_by("pk"))
    count = prints.delete()[0]
    for document in documents:
        transaction.on_commit(partial(document.file.storage.delete, str(document.file.name)))
    Document.objects.filter(pk__in=[document.pk for document in documents]).delete()
    return count


def print_next(press: Press | None = None, *, clock: Clock = timezone.now) -> bool:
    """Make one waiting print, on a warm press if given; False when none waits."""
    return run_next(Print, partial(_make, press=press, clock=clock), clock=clock) is not None


def _make(job: Print, *, press: Press | None, clock: Clock) -> None:
    def progress(percent: int) -> None:
        renew(job, now=clock(), progress=percent)

    progress(5)
    order = builders[job.kind](job.subject_id, progress)
    progress(40)
    pdf = render_pdf(order.template, order.context, assets=order.assets, press=press, long=order.long)
    now = clock()
    with transaction.atomic():
        # Forgotten or taken by another while it was being made: what it says must not be kept.
        hold(job)
        document = keep_bytes(pdf, name=order.filename, media_type="application/pdf", owner=None, at=now)
        settle(job, PrintStatus.READY, progress=100, document=document, ready_at=now)
