"""How long a correction may take: whole days, until the end of the last one."""

from datetime import date, datetime, time, timedelta, tzinfo

DELAYS = (2, 3, 5, 7, 10, 15)
LAST_MINUTE = time(23, 59, 59)


def due_after(now: datetime, days: int, *, zone: tzinfo) -> datetime:
    """The last second, at `zone`, of the day that comes `days` days after `now`."""
    day: date = now.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, LAST_MINUTE, tzinfo=zone)
