"""The doors of the workshop: prints, checks of uploads, their texts."""

from functools import partial

from celery import shared_task
from django.utils import timezone

from eig.documents.checking import check_next, read_document, unread_documents
from eig.documents.files import forget_strays
from eig.documents.pdf import Press
from eig.documents.printing import print_next
from eig.failures.actions import each_alone
from eig.jobs.tasks import in_time, wake, work_off


@shared_task
def print_waiting() -> None:
    with Press() as press:
        work_off(partial(print_next, press), again=print_waiting)


@shared_task
def check_waiting() -> None:
    work_off(check_next, again=check_waiting)
    each_alone(
        "read_document",
        in_time(unread_documents().iterator()),
        read_document,
        deed="lire le texte d’un fichier vérifié",
        at=timezone.now(),
    )


@shared_task
def sweep_files() -> None:
    forget_strays(at=timezone.now())


def wake_workshop_after_commit() -> None:
    """Call from a view after an upload or a request for a print."""
    wake(check_waiting)
    wake(print_waiting)
