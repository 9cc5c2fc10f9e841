"""The worker's doors that span several steps. Each is safe to run twice."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from eig.failures.actions import alone
from eig.journal.actions import Broken, publish_head, seal
from eig.journal.owner import may_rewrite
from eig.journal.queries import last_head
from eig.listing.lists import Deed, Judge, declare_deeds
from eig.listing.models import BulkDeed
from eig.mail.outbox import post
from eig.mail.tasks import wake_after_commit
from eig.promotions.actions import in_each_promotion
from eig.promotions.queries import moment
from journey import reminders
from journey.actions.deadlines import keep_deadlines as end_what_is_over
from journey.actions.mail import NotFailed, refusal_to_send_again, send_again
from journey.queries.listing import MAILS


def _judge_retry(bulk: BulkDeed, ids: Sequence[int]) -> Judge:
    return partial(refusal_to_send_again, at=moment(bulk.promotion))


declare_deeds(MAILS, {"retry": Deed("Renvoyer", send_again, refusals=(NotFailed,), judge=_judge_retry)})


@shared_task
def remind() -> None:
    in_each_promotion(
        "remind",
        lambda promotion, at: reminders.remind(promotion, now=at),
        deed="rappeler ce qui est à faire avant une échéance",
    )
    wake_after_commit()


@shared_task
def keep_deadlines() -> None:
    end_what_is_over()
    wake_after_commit()


VERIFIED_EVERY = timedelta(hours=6)
ONE_ACCOUNT = (
    "L’application et les migrations ont le même compte de base de données : le journal n’est pas gardé. "
    "Le guide d’exploitation (docs/operations.md) dit comment les séparer."
)


@shared_task
def seal_journal() -> None:
    seal()


@shared_task
def verify_journal() -> None:
    """Four times a day; its mail once. What is wrong stays on the team's dashboard until it is not."""
    now = timezone.now()
    with alone("verify journal", "accounts", deed="garder le journal", at=now, refusals=(Broken,)):
        if may_rewrite() and not settings.DEMO:
            raise Broken(ONE_ACCOUNT)
    last = last_head()
    if last and last.at > now - VERIFIED_EVERY:
        return
    seal()
    with alone(
        "verify journal", "chain", deed="vérifier que le journal est entier", at=now, refusals=(Broken,)
    ):
        head = publish_head(at=now)
        key = f"journal-verified:{now.date()}"
        post("journey/journal_verified", to=settings.SECURITY_EMAIL, key=key, at=now, head=head)
    wake_after_commit()
