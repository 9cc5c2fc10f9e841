"""The worker's doors that span several steps. Each is safe to run twice."""

from collections.abc import Sequence
from functools import partial

from celery import shared_task

from eig.listing.lists import Deed, Judge, declare_deeds
from eig.listing.models import BulkDeed
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
