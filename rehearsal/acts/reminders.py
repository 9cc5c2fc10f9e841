"""What beat would do meanwhile: reminders every morning and evening, on the promotion's clock."""

from datetime import datetime, timedelta

from django.db.models import Q

from eig.mail.delivery import deliver_due
from eig.mail.needs import NEEDS
from journey.actions.deadlines import keep_deadlines
from journey.reminders import remind
from rehearsal.world import World

HOURS = (10, 18)


class Reminders:
    def __init__(self, world: World) -> None:
        self.world = world

    def plan(self) -> None:
        day = self.world.phases["projects"].opens_at
        last = self.world.phases["acceptance"].closes_at
        while day < last:
            for hour in HOURS:
                moment = day.replace(minute=0, second=0) + timedelta(hours=hour)
                self.world.timeline.add(moment, "les relances du jour", self.remind)
            day += timedelta(days=1)

    def remind(self, at: datetime) -> None:
        remind(self.world.promotion, now=at)
        leave()
        keep_deadlines()


def leave() -> None:
    """Reminders leave on the day of the promotion that they tell of, though its days last a second here."""
    deliver_due(limit=10_000, among=Q(kind__in=NEEDS))
