"""The worker's doors: reminders of meetings, deeds on many slots. Safe to run twice."""

from celery import shared_task

from eig.listing.lists import Deed, declare_deeds
from eig.mail.tasks import wake_after_commit
from eig.meetings.actions import remind_meetings
from eig.meetings.actions.bulk import REFUSALS, close
from eig.meetings.choices import SlotStatus
from eig.meetings.models import AdviceSlot
from eig.meetings.queries.listing import ADVICE
from eig.promotions.actions import in_each_promotion


def _closed(slot: AdviceSlot) -> str:
    return "" if slot.status == SlotStatus.OPEN else "Ce créneau est déjà fermé."


declare_deeds(
    ADVICE, {"close": Deed("Fermer les créneaux", close, REFUSALS, judge=lambda bulk, ids: _closed)}
)


@shared_task
def remind() -> None:
    in_each_promotion(
        "remind_meetings",
        lambda promotion, at: remind_meetings(promotion, at=at),
        deed="rappeler les rencontres de demain",
    )
    wake_after_commit()
