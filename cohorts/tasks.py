"""The worker's door to the cohort: Friday's mail."""

from celery import shared_task
from django.utils import timezone

from cohorts.actions import send_digest
from cohorts.choices import MemberStatus
from cohorts.rules import week_of
from eig.jobs.sweeping import one_by_one
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion


@shared_task
def send_bulletin_digest() -> None:
    """For every promotion with people in mission, by its own clock. Safe to run twice."""
    running = Promotion.objects.filter(members__status=MemberStatus.ACTIVE).distinct().order_by("pk")

    def send(promotion: Promotion) -> None:
        at = promotion.rehearsal_clock or timezone.now()
        send_digest(promotion, week=week_of(at), at=at)

    one_by_one(running, send)
    wake_after_commit()
