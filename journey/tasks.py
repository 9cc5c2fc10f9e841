"""The worker's doors that span several steps. Each is safe to run twice."""

from celery import shared_task

from candidates.actions import publish_wave as publish_application_wave
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Wave
from eig.promotions.queries import moment
from journey.actions.deadlines import keep_deadlines as end_what_is_over
from journey.reminders import remind_all
from projects.actions import publish_wave as publish_project_wave

PUBLISHERS = {
    Wave.Subject.PROJECTS: publish_project_wave,
    Wave.Subject.APPLICATIONS: publish_application_wave,
}


@shared_task
def remind() -> None:
    remind_all()
    wake_after_commit()


@shared_task
def keep_deadlines() -> None:
    end_what_is_over()
    wake_after_commit()


@shared_task
def publish_due_waves() -> None:
    """Publish the validated waves whose hour has come, each in its own transaction."""
    for wave in (
        Wave.objects.filter(status=Wave.Status.VALIDATED, subject__in=list(PUBLISHERS))
        .select_related("promotion")
        .order_by("publishes_at", "pk")
    ):
        now = moment(wave.promotion)
        if wave.publishes_at <= now:
            PUBLISHERS[Wave.Subject(wave.subject)](wave, at=now)
    wake_after_commit()
