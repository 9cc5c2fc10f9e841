"""The worker's door to the timetables."""

from functools import partial

from celery import shared_task
from django.utils import timezone

from eig.jobs.tasks import wake, work_off
from matching.interviews.actions.search import solve_next


@shared_task
def solve_waiting() -> None:
    work_off(partial(solve_next, timezone.now), again=solve_waiting)


def wake_planner_after_commit() -> None:
    """Call from a view after asking for a timetable."""
    wake(solve_waiting)
