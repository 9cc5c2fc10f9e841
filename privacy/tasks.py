"""The worker's doors: copies, notices, the purge. Each is safe to run twice."""

from functools import partial

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from eig.jobs.tasks import wake, work_off
from eig.mail.tasks import wake_after_commit
from privacy.actions import give_notices, make_next_copy, purge, remove_expired_copies
from privacy.actions.farewell import forget_farewells


@shared_task
def prepare_copies() -> None:
    work_off(partial(make_next_copy, clock=timezone.now), again=prepare_copies)
    wake_after_commit()


@shared_task
def keep_no_longer() -> None:
    """Warn, then erase what is due, then sweep what expired."""
    now = timezone.now()
    give_notices(at=now)
    purge(at=now)
    remove_expired_copies(at=now)
    call_command("clearsessions")
    wake_after_commit()


@shared_task
def forget_sent_farewells() -> None:
    forget_farewells(at=timezone.now())


def wake_copies_after_commit() -> None:
    """Call from a view after a copy was asked."""
    wake(prepare_copies)
