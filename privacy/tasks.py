"""The worker's doors: copies, notices, the purge. Each is safe to run twice."""

from celery import shared_task
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from eig.mail.tasks import wake_after_commit
from privacy.actions import give_notices, make_next_copy, purge, remove_expired_copies
from privacy.actions.farewell import forget_farewells


@shared_task
def prepare_copies() -> None:
    while make_next_copy(at=timezone.now()):
        pass
    wake_after_commit()


@shared_task
def keep_no_longer() -> None:
    """Once a night: warn, then erase what is due, then sweep what expired."""
    now = timezone.now()
    give_notices(at=now)
    purge(at=now)
    remove_expired_copies(at=now)
    call_command("clearsessions")
    wake_after_commit()


@shared_task
def forget_sent_farewells() -> None:
    forget_farewells(at=timezone.now())


def _wake() -> None:
    try:
        prepare_copies.apply_async(retry=False, ignore_result=True)
    except OperationalError:
        return  # Redis is down: the row is committed, the sweep will find it


def wake_copies_after_commit() -> None:
    """Call from a view after a copy was asked."""
    transaction.on_commit(_wake, robust=True)
