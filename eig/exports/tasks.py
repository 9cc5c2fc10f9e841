"""The doors of the worker: write what waits, erase what is over."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from eig.exports.actions import claim_export, purge_exports, write_export
from eig.mail.tasks import wake_after_commit


@shared_task
def write_waiting() -> None:
    while export := claim_export(now=timezone.now()):
        write_export(export, now=timezone.now())
    wake_after_commit()


@shared_task
def purge() -> None:
    purge_exports(at=timezone.now())


def _wake() -> None:
    try:
        write_waiting.apply_async(retry=False, ignore_result=True)
    except OperationalError:
        return  # Redis is down: the row is committed, the sweep will find it


def wake_scribe_after_commit() -> None:
    """Call from a view after a request for an export."""
    transaction.on_commit(_wake, robust=True)
