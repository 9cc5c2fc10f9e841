"""The doors of the worker. Waking it is a courtesy: a sweep finds what was missed."""

from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from eig.mail.delivery import deliver_due


@shared_task
def deliver() -> None:
    deliver_due()


def _wake() -> None:
    try:
        deliver.apply_async(retry=False, ignore_result=True)
    except OperationalError:
        return  # Redis is down: the row is committed, the sweep will find it


def wake_after_commit() -> None:
    """Call from a door (view, task) after a deed that posts mail."""
    transaction.on_commit(_wake, robust=True)
