"""Take a job, hold it, finish it, fail: the same for every queue.

A lease is a moment written in the row, and the worker remembers which: whoever takes the row back writes a
later one, so that a worker that slept too long finds that the job is no longer its own. It asks just before
each effect: `renew` before what cannot be undone (a mail), `hold` in the transaction that keeps a file.

The journal keeps the jobs given up. Attempts are counted in the row, and what a job makes is journalled by
the deed that makes it: a line for each mail that leaves would be a diary of people's sign-ins.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Q

from eig.jobs.models import Job
from eig.journal.actions import record as journal

Clock = Callable[[], datetime]
J = TypeVar("J", bound=Job)

EVERY = Q()
WORN_OUT = "l’atelier s’est arrêté plusieurs fois pendant ce travail"


class LeaseLost(Exception):
    """The job is no longer this worker's: taken back after its lease, cancelled, or erased."""


class JobFailed(Exception):
    """This job cannot be done now; the sentence is for those who wait for it."""


class JobRefused(JobFailed):
    """No later attempt would do better: it is given up at once."""


def run_next(model: type[J], work: Callable[[J], object], *, clock: Clock, among: Q = EVERY) -> J | None:
    """Take one job of those asked and do it; returns it as it ended, None when none waits.

    Whatever `work` raises is written in the row: it is tried again after a pause, then given up, and the
    jobs behind it do not wait for it.
    """
    job = claim(model, now=clock(), among=among)
    if job is None:
        return None
    try:
        work(job)
    except LeaseLost:
        return job
    except Exception as error:  # noqa: BLE001 - a builder may raise anything, and the row must tell
        fail(job, error, now=clock())
    return job


def claim(model: type[J], *, now: datetime, among: Q = EVERY) -> J | None:
    """Take the job that a dead worker left, or the first that waits; those taken too often are given up."""
    while True:
        with transaction.atomic():
            job = _left(model, now=now, among=among) or _waiting(model, now=now, among=among)
            if job is None:
                return None
            if job.attempts < model.QUEUE.attempts:
                _take(job, now=now)
                return job
            _give_up(model._default_manager.filter(pk=job.pk), job, job.error or WORN_OUT, now=now)


def renew(job: Job, *, now: datetime, lease: timedelta | None = None, **changes: Any) -> None:
    """Keep the job for one more lease, with what its row tells of its progress. Raises LeaseLost."""
    until = now + (lease or job.QUEUE.lease)
    _write(job, lease_until=until, **changes)
    job.held_until = until


def hold(job: Job) -> None:
    """Lock the row until the transaction ends, if it is still this worker's. Raises LeaseLost."""
    if _mine(job).select_for_update().values_list("pk", flat=True).first() is None:
        raise LeaseLost


def settle(job: Job, to: str, **changes: Any) -> None:
    """End the job in the state `to`. Raises LeaseLost."""
    _write(job, status=to, lease_until=None, error="", **changes)


def put_back(job: Job, *, now: datetime, **changes: Any) -> None:
    """Let the job wait again: something else is missing, and this attempt does not count."""
    queue = job.QUEUE
    later = {"lease_until": None, queue.not_before: now + queue.pauses[0]}
    _write(job, status=queue.waiting, attempts=job.attempts - 1, **later, **changes)


def fail(job: Job, error: Exception, *, now: datetime) -> None:
    """Write what went wrong; try again after a pause, or give up. Nothing if the job is no longer ours."""
    queue = job.QUEUE
    said = str(error) if isinstance(error, JobFailed) else f"{type(error).__name__}: {error}"
    if job.attempts >= queue.attempts or isinstance(error, JobRefused):
        _give_up(_mine(job), job, said, now=now)
    else:
        later = {"lease_until": None, queue.not_before: now + queue.pauses[job.attempts - 1]}
        _mine(job).update(status=queue.waiting, error=_short(said), **later)


def _free(model: type[Job]) -> "models.QuerySet[Any]":
    """The jobs that no other worker is taking at this moment."""
    return model._default_manager.select_for_update(skip_locked=True, of=("self",))


def _left(model: type[J], *, now: datetime, among: Q) -> J | None:
    queue = model.QUEUE
    if queue.waiting == queue.running:
        return None
    left = _free(model).filter(among, status=queue.running, lease_until__lt=now)
    job: J | None = left.order_by("lease_until", "pk").first()
    return job


def _waiting(model: type[J], *, now: datetime, among: Q) -> J | None:
    queue = model.QUEUE
    due = Q(**{f"{queue.not_before}__isnull": True}) | Q(**{f"{queue.not_before}__lte": now})
    waiting = _free(model).filter(due, among, status=queue.waiting)
    job: J | None = waiting.order_by(*queue.order, "pk").first()
    return job


def _take(job: Job, *, now: datetime) -> None:
    job.status, job.attempts, job.lease_until = job.QUEUE.running, job.attempts + 1, now + job.QUEUE.lease
    job.held_until = job.lease_until
    job.save(update_fields=["status", "attempts", "lease_until"])


@transaction.atomic
def _give_up(row: "models.QuerySet[Any]", job: Job, said: str, *, now: datetime) -> None:
    queue = job.QUEUE
    ended = {queue.ended_at: now} if queue.ended_at else {}
    if row.update(status=queue.failed, error=_short(said), lease_until=None, **ended, **queue.words):
        job.status = queue.failed
        journal("give_up", job, by=None, at=now)


def _mine(job: Job) -> "models.QuerySet[Any]":
    return type(job)._default_manager.filter(pk=job.pk, status=job.QUEUE.running, lease_until=job.held_until)


def _write(job: Job, **changes: Any) -> None:
    if not _mine(job).update(**changes):
        raise LeaseLost
    for name, value in changes.items():
        setattr(job, name, value)


def _short(said: str) -> str:
    """As the column takes it: PostgreSQL refuses the character zero."""
    return said.replace("\0", "")[:500]
