"""The worker's door to waves. Safe to run twice: a wave is published once."""

from celery import shared_task

from eig.failures.actions import alone
from eig.mail.tasks import wake_after_commit
from eig.promotions.queries import moment
from eig.waves.actions import REFUSALS, publish_wave
from eig.waves.queries import PUBLISH, waves_due


@shared_task
def publish_due_waves() -> None:
    """Publish the validated waves whose hour has come, each in its own transaction: one stops no other."""
    for wave in waves_due():
        now = moment(wave.promotion)
        if wave.publishes_at > now:
            continue
        deed = f"publier la vague « {wave} »"
        with alone(PUBLISH, wave, deed=deed, at=now, promotion_id=wave.promotion_id, refusals=REFUSALS):
            publish_wave(wave, at=now)
    wake_after_commit()
