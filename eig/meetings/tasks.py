"""The worker's door: reminders of meetings. Safe to run twice."""

from celery import shared_task

from eig.jobs.sweeping import one_by_one
from eig.mail.tasks import wake_after_commit
from eig.meetings.actions import remind_meetings
from eig.promotions.models import Promotion
from eig.promotions.queries import moment


@shared_task
def remind() -> None:
    one_by_one(
        Promotion.objects.filter(is_archived=False).order_by("pk"),
        lambda promotion: remind_meetings(promotion, at=moment(promotion)),
    )
    wake_after_commit()
