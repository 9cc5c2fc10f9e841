"""The doors of the worker: write what waits, erase what is over."""

from functools import partial

from celery import shared_task
from django.utils import timezone

from eig.exports.actions import purge_exports, write_next_export
from eig.jobs.tasks import wake, work_off
from eig.mail.tasks import wake_after_commit


@shared_task
def write_waiting() -> None:
    work_off(partial(write_next_export, clock=timezone.now), again=write_waiting)
    wake_after_commit()


@shared_task
def purge() -> None:
    purge_exports(at=timezone.now())


def wake_scribe_after_commit() -> None:
    """Call from a view after a request for an export."""
    wake(write_waiting)
