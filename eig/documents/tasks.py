"""The doors of the workshop: prints and checks of uploads."""

from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from eig.documents.checking import check_next
from eig.documents.pdf import Press
from eig.documents.printing import print_next


@shared_task
def print_waiting() -> None:
    with Press() as press:
        while print_next(press):
            pass


@shared_task
def check_waiting() -> None:
    while check_next():
        pass


def _wake() -> None:
    try:
        check_waiting.apply_async(retry=False, ignore_result=True)
        print_waiting.apply_async(retry=False, ignore_result=True)
    except OperationalError:
        return  # Redis is down: the rows are committed, the sweep will find them


def wake_workshop_after_commit() -> None:
    """Call from a view after an upload or a request for a print."""
    transaction.on_commit(_wake, robust=True)
