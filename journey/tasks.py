"""The worker's doors that span several steps. Each is safe to run twice."""

from celery import shared_task

from eig.listing.lists import Deed, declare_deeds
from eig.mail.choices import Status
from eig.mail.models import Message
from eig.mail.tasks import wake_after_commit
from eig.promotions.actions import in_each_promotion
from journey import reminders
from journey.actions.deadlines import keep_deadlines as end_what_is_over
from journey.actions.mail import NotFailed, send_again
from journey.queries.listing import MAILS


def _failed(message: Message) -> str:
    return "" if message.status == Status.FAILED else f"Il est « {message.get_status_display().lower()} »."


declare_deeds(
    MAILS, {"retry": Deed("Renvoyer", do=send_again, refusals=(NotFailed,), judge=lambda bulk, ids: _failed)}
)


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
