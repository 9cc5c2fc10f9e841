"""The worker's door: reminders of meetings. Safe to run twice."""

from celery import shared_task

from eig.mail.tasks import wake_after_commit
from eig.meetings.actions import remind_meetings
from eig.promotions.models import Promotion
from eig.promotions.queries import moment


@shared_task
def remind() -> None:
    for promotion in Promotion.objects.filter(is_archived=False).order_by("pk"):
        remind_meetings(promotion, at=moment(promotion))
    wake_after_commit()
