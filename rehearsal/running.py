"""Run everything, deliver every mail, print every PDF, then look for a broken rule."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import connection
from django.db.models import Count

from eig.documents.choices import PrintStatus
from eig.documents.models import Print
from eig.documents.pdf import Press
from eig.documents.printing import print_next
from eig.journal.models import Entry
from eig.mail.delivery import deliver_due
from eig.mail.models import Message
from rehearsal.checks import CHECKS, Check, the_volumes_are_those_asked, volumes
from rehearsal.corpus import SEED
from rehearsal.founding import analysing, found_world
from rehearsal.invariants import INVARIANTS
from rehearsal.trials import Trials

Tell = Callable[[str, int, int], None]


@dataclass
class Report:
    events: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    mails: dict[str, int] = field(default_factory=dict)
    prints: dict[str, int] = field(default_factory=dict)
    entries: int = 0
    refused: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    checks: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


@contextmanager
def a_worker_beside() -> Iterator[None]:
    """A second process that delivers and prints meanwhile, as the worker of a real promotion does."""
    worker = subprocess.Popen(  # noqa: S603 — our own interpreter and command
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--without-timetables"],
        cwd=settings.BASE_DIR,
    )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=60)


def rehearse(*, tell: Tell, seed: int = SEED, fewer: int = 0) -> Report:
    """One promotion with EIG 6's own dates, from the first call to the alumni, and its report."""
    report = Report()
    started = time.monotonic()

    def lap(name: str) -> None:
        nonlocal started
        report.seconds[name] = time.monotonic() - started
        started = time.monotonic()

    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    world = found_world(shift=timedelta(), seed=seed, fewer=fewer)
    trials = Trials(world)
    trials.plan()
    with a_worker_beside():
        world.timeline.run(until=world.day(2024, 1, 1), clock=world.set_clock, tell=analysing(tell))
        report.events = world.timeline.done
        lap("promotion")
        waiting = Print.objects.filter(status=PrintStatus.QUEUED).count()
        with Press() as press:
            done = 0
            while print_next(press):
                done += 1
                tell("impression des PDF", done, max(waiting - done, 0))
    # What the worker had in hand when it was stopped is finished: it ends its job first.
    lap("PDF")
    deliver_due(limit=50_000)
    lap("mails")
    promotion = world.promotion
    promotion.refresh_from_db()
    volumes_asked = partial(the_volumes_are_those_asked, fewer=fewer)
    checks: tuple[Check, ...] = (volumes_asked, *CHECKS, *INVARIANTS.values())
    report.broken = [*trials.broken, *(said for check in checks for said in check(promotion))]
    report.refused = trials.refused
    report.checks = len(checks) + len(trials.refused) + len(trials.broken)
    report.counts = volumes(promotion)
    report.mails = dict(Message.objects.values_list("kind").annotate(n=Count("pk")).order_by("kind"))
    report.prints = dict(Print.objects.values_list("kind").annotate(n=Count("pk")).order_by("kind"))
    report.entries = Entry.objects.count()
    lap("contrôles")
    return report
