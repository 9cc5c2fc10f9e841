"""The hours of advice: slots of a half-day, what may still be booked, when a reminder is due."""

from datetime import datetime, timedelta

Interval = tuple[datetime, datetime]

SLOT_MINUTES = 20
# The team prepares: a slot is booked an hour before, at the latest.
NOTICE = timedelta(hours=1)
DAY_BEFORE = timedelta(hours=24)


def slot_times(starts: datetime, ends: datetime, *, minutes: int, pause: int = 0) -> list[Interval]:
    """As many slots of `minutes` as fit between two instants, `pause` minutes apart."""
    if minutes <= 0 or pause < 0:
        raise ValueError("a slot lasts at least a minute")
    length, step = timedelta(minutes=minutes), timedelta(minutes=minutes + pause)
    slots = []
    while starts + length <= ends:
        slots.append((starts, starts + length))
        starts += step
    return slots


def is_bookable(starts: datetime, *, now: datetime) -> bool:
    return now + NOTICE <= starts


def reminder_is_due(starts: datetime, *, since: datetime, now: datetime) -> bool:
    """The day before; whoever came later than that has just been told."""
    return since <= starts - DAY_BEFORE <= now < starts


def seats_to_give(capacity: int, taken: int, waiting: int) -> int:
    """How many people of the waiting list move up."""
    return max(0, min(capacity - taken, waiting))
