"""The doors of the worker. Waking it is a courtesy: a sweep finds what was missed."""

from celery import shared_task

from eig.jobs.tasks import wake, work_off
from eig.mail.delivery import deliver_next


# A relay may take minutes to answer: this task alone may last longer than the others.
@shared_task(soft_time_limit=1000, time_limit=1030)
def deliver() -> None:
    work_off(deliver_next, again=deliver)


def wake_after_commit() -> None:
    """Call from a door (view, task) after a deed that posts mail."""
    wake(deliver)
