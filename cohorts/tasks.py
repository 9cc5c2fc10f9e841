"""The worker's door to the cohort: Friday's mail."""

from celery import shared_task
from django.utils import timezone

from cohorts.actions import send_digest
from cohorts.choices import MemberStatus
from cohorts.rules import week_of
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion


@shared_task
def send_bulletin_digest() -> None:
    """For every promotion with people in mission, by its own clock. Safe to run twice."""
    running = Promotion.objects.filter(members__status=MemberStatus.ACTIVE).distinct().order_by("pk")
    for promotion in running:
        at = promotion.rehearsal_clock or timezone.now()
        if send_digest(promotion, week=week_of(at), at=at):
            wake_after_commit()
