"""The doors of the workshop: prints, checks of uploads, their texts."""

from functools import partial

from celery import shared_task

from eig.documents.checking import check_next, read_document, unread_documents
from eig.documents.pdf import Press
from eig.documents.printing import print_next
from eig.jobs.sweeping import in_time, one_by_one
from eig.jobs.tasks import wake, work_off


@shared_task
def print_waiting() -> None:
    with Press() as press:
        work_off(partial(print_next, press), again=print_waiting)


@shared_task
def check_waiting() -> None:
    work_off(check_next, again=check_waiting)
    one_by_one(in_time(unread_documents().iterator()), read_document)


def wake_workshop_after_commit() -> None:
    """Call from a view after an upload or a request for a print."""
    wake(check_waiting)
    wake(print_waiting)
