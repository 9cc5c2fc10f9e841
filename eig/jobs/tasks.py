"""What every door of the worker does: do the jobs that wait, wake a worker."""

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import takewhile
from typing import Any, TypeVar

from django.db import transaction
from kombu.exceptions import OperationalError

T = TypeVar("T")

# With the longest job (a mail through a slow relay, a long print), still under Celery's limit, which would
# stop one in its middle: a task that has more to do ends between two jobs, and asks for another task.
SECONDS = 40
# A broker that did not answer is left alone: the second it takes to know is paid once, not by every page.
REST_SECONDS = 15


class _Broker:
    rests_until = 0.0


_broker = _Broker()


def work_off(do_next: Callable[[], object], *, again: Any) -> None:
    """Do the jobs that wait, one after the other; when that lasts, let the task `again` do the others."""
    until = time.monotonic() + SECONDS
    while do_next():
        if time.monotonic() > until:
            _ask(again)
            return


def in_time(items: Iterable[T]) -> Iterator[T]:
    """As many of these as a task has the time for; a sweep takes up the others."""
    until = time.monotonic() + SECONDS
    return takewhile(lambda _: time.monotonic() < until, items)


def wake(task: Any, *args: Any) -> None:
    """Ask a worker to look, once what it looks at is committed. A courtesy: a sweep finds what was missed."""
    transaction.on_commit(partial(_ask, task, *args), robust=True)


def _ask(task: Any, *args: Any) -> None:
    """When Redis is down or frozen, the row is committed all the same: the sweep will find it."""
    if time.monotonic() < _broker.rests_until:
        return
    try:
        task.apply_async(args=args, retry=False, ignore_result=True)
    except OperationalError:
        _broker.rests_until = time.monotonic() + REST_SECONDS
