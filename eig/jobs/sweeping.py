"""Go through many things, one by one: what fails for one is logged, and the others are done."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from typing import TypeVar

from celery.exceptions import SoftTimeLimitExceeded

T = TypeVar("T")
R = TypeVar("R")

logger = logging.getLogger(__name__)

# With the longest job (a mail through a slow relay, a long print), still under Celery's limit, which would
# stop one in its middle: a task that has more to do ends between two jobs, and asks for another task.
SECONDS = 40


def one_by_one(items: Iterable[T], deed: Callable[[T], R]) -> list[R]:
    """Do a deed, atomic by itself, for each of these; returns what it returned, but for those that failed."""
    done = []
    for item in items:
        try:
            done.append(deed(item))
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            logger.exception("A sweep goes on after a failure")
    return done


def in_time(items: Iterable[T]) -> Iterator[T]:
    """As many of these as a task has the time for; a sweep takes up the others."""
    until = time.monotonic() + SECONDS
    return takewhile(lambda _: time.monotonic() < until, items)
