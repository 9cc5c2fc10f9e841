"""The worker's door to the timetables."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from matching.interviews.actions.search import solve_next


@shared_task
def solve_waiting() -> None:
    while solve_next(timezone.now):
        pass


def _wake() -> None:
    try:
        solve_waiting.apply_async(retry=False, ignore_result=True)
    except OperationalError:
        return  # Redis is down: the row is committed, the sweep will find it


def wake_planner_after_commit() -> None:
    """Call from a view after asking for a timetable."""
    transaction.on_commit(_wake, robust=True)
