"""The worker's door to the offers."""

from celery import shared_task
from django.utils import timezone

from eig.mail.tasks import wake_after_commit
from matching.teams import actions


@shared_task
def expire_offers() -> None:
    """Safe to run twice: an expired offer is left alone."""
    if actions.expire_offers(at=timezone.now()):
        wake_after_commit()
