"""The six queues, each with what a test needs: ask for a job, do the next one, count what was made."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from eig.accounts.models import User
from eig.documents.checking import check_next
from eig.documents.choices import FileStatus, PrintStatus
from eig.documents.files import Limits, receive_upload
from eig.documents.models import Document, Print
from eig.documents.printing import Order, ask_print, print_next, register
from eig.exports import sources
from eig.exports.actions import ask_export, write_next_export
from eig.exports.choices import Status as ExportStatus
from eig.exports.models import Export
from eig.jobs.models import Job
from eig.mail import delivery
from eig.mail.choices import Status as MailStatus
from eig.mail.models import Message
from eig.promotions.models import Promotion
from matching.interviews.actions.search import solve_next
from matching.interviews.choices import PlanStatus
from matching.interviews.models import Plan
from privacy.actions import ask_copy, make_next_copy
from privacy.choices import CopyStatus
from privacy.models import DataCopy
from tests.eig.hostile import blank, saved
from tests.matching.test_timetable import EXAMPLE
from tests.people import person

Clock = Callable[[], datetime]
numbers = itertools.count(1)


class Wall:
    """The outer walls, which count: the relay takes mails, the press makes PDFs."""

    def __init__(self) -> None:
        self.sent: list[int] = []

    def send(self, message: Message, *, leaving: Callable[[], None]) -> None:
        leaving()
        self.sent.append(message.pk)

    def has(self, message: Message) -> bool | None:
        return message.pk in self.sent

    def html(self, html: str, *, assets: object, long: bool) -> bytes:
        return b"%PDF-1.7"


@dataclass(frozen=True)
class Bench:
    model: type[Job]
    done: str
    ask: Callable[[Promotion, User], Job]
    do_next: Callable[[Wall, Clock], object]

    def made(self, wall: Wall) -> int:
        """What cannot be taken back: mails that left, files kept, timetables offered."""
        if self.model is Message:
            return len(wall.sent)
        if self.model is Plan:
            return Plan.objects.filter(result__isnull=False).count()
        if self.model is Document:
            return Document.objects.filter(file__endswith=".clean").count()
        return Document.objects.count()


def ask_mail(promotion: Promotion, by: User) -> Job:
    now = timezone.now()
    return Message.objects.create(
        key=f"queue:{next(numbers)}", kind="test", to_email=by.email, subject="Objet", body="Texte",
        created_at=now, not_before=now,
    )  # fmt: skip


def mail_next(wall: Wall, clock: Clock) -> object:
    before, delivery.relay = delivery.relay, lambda: wall
    try:
        return delivery.deliver_next(clock=clock)
    finally:
        delivery.relay = before


def ask_a_print(promotion: Promotion, by: User) -> Job:
    register("queue", lambda subject, progress: Order("pdf/base.html", {}, f"{subject}.pdf"))
    return ask_print("queue", subject_id=next(numbers), title="Essai", by=by, at=timezone.now())


def ask_an_export(promotion: Promotion, by: User) -> Job:
    def build(promotion: Promotion, given: Any, by: User) -> sources.Table:
        return sources.Table([], 1, iter([[]]))

    sources.register("queue", title="Essai", build=build)
    return ask_export(
        promotion, kind="queue", format="csv", given={"rank": next(numbers)}, by=by, at=timezone.now()
    )


def ask_a_copy(promotion: Promotion, by: User) -> Job:
    return ask_copy(person("Personne", f"Numéro {next(numbers)}"), at=timezone.now())


def ask_a_plan(promotion: Promotion, by: User) -> Job:
    """One a promotion: each has its own here."""
    other = Promotion.objects.get(pk=promotion.pk)
    number = next(numbers)
    other.pk, other.code, other.number = None, f"queue-{number}", 1000 + number
    other.save()
    return Plan.objects.create(
        promotion=other, instance=EXAMPLE, instance_sha256="0" * 64, asked_by=by, asked_at=timezone.now()
    )


def ask_a_check(promotion: Promotion, by: User) -> Job:
    file = SimpleUploadedFile("cv.pdf", saved(blank()))
    return receive_upload(file, by=by, at=timezone.now(), limits=Limits())


BENCHES = {
    "mail": Bench(Message, MailStatus.SENT, ask_mail, mail_next),
    "print": Bench(Print, PrintStatus.READY, ask_a_print, lambda wall, clock: print_next(wall, clock=clock)),
    "export": Bench(
        Export, ExportStatus.READY, ask_an_export, lambda wall, clock: write_next_export(clock=clock)
    ),
    "copy": Bench(DataCopy, CopyStatus.READY, ask_a_copy, lambda wall, clock: make_next_copy(clock=clock)),
    "plan": Bench(Plan, PlanStatus.READY, ask_a_plan, lambda wall, clock: solve_next(clock)),
    "check": Bench(Document, FileStatus.CLEAN, ask_a_check, lambda wall, clock: check_next(clock=clock)),
}


def interrupted(deed: Callable[[], object]) -> Clock:
    """A clock that lets the worker take its job, then does something when the worker first reads the hour."""
    looks = itertools.count()

    def clock() -> datetime:
        if next(looks) == 1:
            deed()
        return timezone.now()

    return clock


def later(model: type[Job]) -> None:
    """The pause between two attempts, or the lease of a dead worker, is over."""
    past = timezone.now() - timedelta(seconds=1)
    model._default_manager.filter(status=model.QUEUE.running).update(lease_until=past)
    waiting = model._default_manager.filter(status=model.QUEUE.waiting)
    waiting.filter(**{f"{model.QUEUE.not_before}__gt": past}).update(**{model.QUEUE.not_before: past})
