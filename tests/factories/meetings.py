"""Webinars and advice slots, through the real actions."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from eig.accounts.models import User
from eig.meetings.actions import hold_webinar, open_slots, register_for_webinar
from eig.meetings.models import AdviceSlot, Registration, Webinar
from eig.meetings.rules import slot_times
from eig.promotions.models import Promotion


def webinar(promotion: Promotion, by: User, *, days: int = 3, capacity: int = 2, **changes: Any) -> Webinar:
    now = timezone.now()
    starts = now + timedelta(days=days)
    given = {
        "audience": "administrations",
        "title": "L’appel en une heure",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=1),
        "capacity": capacity,
        "link": "https://visio.example/appel",
        **changes,
    }
    return hold_webinar(promotion, by=by, at=now, **given)


def registered(webinar: Webinar, name: str) -> Registration:
    return register_for_webinar(webinar, name=name, email=f"{name.lower()}@agent.example", by=None)


def slots(
    promotion: Promotion, adviser: User, *, count: int = 3, starts: datetime | None = None
) -> list[AdviceSlot]:
    starts = starts or timezone.now() + timedelta(days=2)
    times = slot_times(starts, starts + timedelta(minutes=20 * count), minutes=20)
    open_slots(promotion, adviser=adviser, times=times, by=adviser, at=timezone.now())
    return list(AdviceSlot.objects.filter(adviser=adviser).order_by("during", "pk"))
