"""Do one thing of many by itself: what fails is written down and logged, and stops nothing else."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from celery.exceptions import SoftTimeLimitExceeded
from django.db import models, transaction
from django.db.models import F

from eig.clashes import is_clash
from eig.failures.models import Failure
from eig.failures.queries import key_of

M = TypeVar("M", bound=models.Model)
R = TypeVar("R")

logger = logging.getLogger(__name__)


@contextmanager
def alone(
    task: str,
    record: models.Model | str,
    *,
    deed: str,
    at: datetime,
    promotion_id: int | None = None,
    refusals: tuple[type[Exception], ...] = (),
) -> Iterator[None]:
    """Run the block for one record of a recurring task, in a transaction of its own.

    A refusal is said in its own sentence, anything else by its name: an error may quote what nobody
    should read. The row goes when the same block succeeds. A worker out of time is no failure of the record.
    """
    key = key_of(task, record)
    try:
        with transaction.atomic():
            yield
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        if is_clash(error):
            logger.warning("%s lost a clash: the next sweep takes it up", key)
            return
        said = f"Erreur imprévue ({type(error).__name__})."
        if isinstance(error, refusals):
            said = str(error)
            logger.warning("%s refused: %s", key, said)
        else:
            logger.exception("%s failed", key)
        _write_down(key, deed=deed, error=said, at=at, promotion_id=promotion_id)
    else:
        Failure.objects.filter(key=key).delete()


def each_alone(task: str, records: Iterable[M], act: Callable[[M], R], *, deed: str, at: datetime) -> list[R]:
    """Do one thing for each record, each alone; returns what came of it, but for those that failed."""
    done = []
    for record in records:
        with alone(task, record, deed=deed, at=at, promotion_id=getattr(record, "promotion_id", None)):
            done.append(act(record))
    return done


def _write_down(key: str, *, deed: str, error: str, at: datetime, promotion_id: int | None) -> None:
    again = Failure.objects.filter(key=key).update(
        deed=deed[:300], error=error[:500], last_at=at, times=F("times") + 1
    )
    if not again:
        Failure.objects.bulk_create(
            [
                Failure(
                    key=key,
                    deed=deed[:300],
                    error=error[:500],
                    promotion_id=promotion_id,
                    first_at=at,
                    last_at=at,
                )
            ],
            ignore_conflicts=True,
        )


def settled(task: str, *records: models.Model | str) -> None:
    """The deed is no longer to be done (done by hand, given up): nothing is said of it any more."""
    Failure.objects.filter(key__in=[key_of(task, record) for record in records]).delete()
