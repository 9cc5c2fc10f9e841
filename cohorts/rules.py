"""Weeks and their bulletins, dates of a mission, how long a consent holds. Days are those of Paris."""

from datetime import date, datetime, time, timedelta

from eig.french.dates import PARIS, in_paris

# The digest leaves on Friday at 15:00: bulletins are due half an hour before.
BULLETIN_DUE = time(14, 30)
DIGEST_DUE = time(15)
FRIDAY = 4
# How late a digest may leave: after two weeks, the next one has told more than it would.
DIGESTS_BACK = 2
DIRECTORY_YEARS = 2


def day_in_paris(moment: datetime) -> date:
    return in_paris(moment).date()


def week_of(moment: datetime) -> date:
    """The Monday of the week, in Paris."""
    day = day_in_paris(moment)
    return day - timedelta(days=day.weekday())


def before(week: date) -> date:
    """The Monday before."""
    return week - timedelta(weeks=1)


def after(week: date) -> date:
    return week + timedelta(weeks=1)


def bulletin_deadline(week: date) -> datetime:
    """Friday 14:30 of the week that begins that Monday."""
    return datetime.combine(week + timedelta(days=FRIDAY), BULLETIN_DUE, tzinfo=PARIS)


def digest_due(week: date) -> datetime:
    """Friday 15:00 of the week that begins that Monday."""
    return datetime.combine(week + timedelta(days=FRIDAY), DIGEST_DUE, tzinfo=PARIS)


def weeks_due(now: datetime) -> list[date]:
    """The last weeks whose digest should have left, the oldest first, whatever day it is looked at."""
    week = week_of(now)
    last = week if now >= digest_due(week) else before(week)
    return [last - timedelta(weeks=ago) for ago in reversed(range(DIGESTS_BACK))]


def is_late(filed_at: datetime, *, week: date) -> bool:
    return filed_at > bulletin_deadline(week)


def weeks_told(starts_on: date, *, until: date) -> list[date]:
    """Mondays of the weeks of a mission up to a day, the latest first; none before it starts."""
    first = starts_on - timedelta(days=starts_on.weekday())
    last = until - timedelta(days=until.weekday())
    count = (last - first).days // 7 + 1
    return [last - timedelta(weeks=ago) for ago in range(max(count, 0))]


def consent_ends(given_at: datetime, *, years: int = DIRECTORY_YEARS) -> datetime:
    """The same day so many years later; a 29 February ends on 28."""
    local = given_at.astimezone(PARIS)
    try:
        return local.replace(year=local.year + years)
    except ValueError:
        return local.replace(year=local.year + years, day=28)
