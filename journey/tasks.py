"""The worker's doors that span several steps. Each is safe to run twice."""

from celery import shared_task

from eig.mail.tasks import wake_after_commit
from eig.promotions.actions import in_each_promotion
from journey import reminders
from journey.actions.deadlines import keep_deadlines as end_what_is_over


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
