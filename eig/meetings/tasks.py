"""The worker's door: reminders of meetings. Safe to run twice."""

from celery import shared_task

from eig.mail.tasks import wake_after_commit
from eig.meetings.actions import remind_meetings
from eig.promotions.actions import in_each_promotion


@shared_task
def remind() -> None:
    in_each_promotion(
        "remind_meetings",
        lambda promotion, at: remind_meetings(promotion, at=at),
        deed="rappeler les rencontres de demain",
    )
    wake_after_commit()
