"""Work that a worker takes, holds under a lease, and finishes or gives up. The row is the job.

Six tables are queues of this kind (mails, prints, exports, copies, timetables, file checks); each keeps its
own words for its states and says them in a `Queue`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models


@dataclass(frozen=True, slots=True)
class Queue:
    """How the jobs of one table wait, how long a worker holds one, and when a failed one is tried again."""

    # `waiting` and `running` may be one state: then only the lease tells that somebody is at it.
    waiting: str
    running: str
    failed: str
    lease: timedelta
    # Between two attempts; after the last attempt the job is given up.
    pauses: tuple[timedelta, ...]
    order: tuple[str, ...] = ("asked_at",)
    # Nobody takes a waiting job before this moment of its row.
    not_before: str = "lease_until"
    # What a job given up says besides its error: the field that dates its end, and fixed words.
    ended_at: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)

    @property
    def attempts(self) -> int:
        return len(self.pauses) + 1


class Job(models.Model):
    """Its states are written by `eig.jobs.actions` alone, except those that a person decides."""

    QUEUE: ClassVar[Queue]

    status = models.CharField(max_length=12)
    attempts = models.PositiveSmallIntegerField(default=0)
    # While it runs: a worker has it until then. While it waits: it is not tried again before.
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    # In the worker's hands only: the lease it was given.
    held_until: datetime | None = None

    class Meta:
        abstract = True
