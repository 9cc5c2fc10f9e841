"""Days, hours and instants in words, in Paris time: the one place that writes them for people.

Spaces inside a date or an hour do not break. Formats for machines (ISO, calendar files, keys) are not here.
"""

from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
NO_BREAK = "\u00a0"

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def in_paris(moment: datetime) -> datetime:
    """The instant on the clock of Paris. A moment without a zone could be any instant: ValueError."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no zone: it is no instant.")
    return moment.astimezone(PARIS)


class UnclearHour(ValueError):
    """Clocks of Paris never show this hour that day, or show it twice: said to who typed it."""


def at_hour(on: date, when: time) -> datetime:
    """The instant when clocks of Paris show this, in UTC: minutes added to it are true ones.

    Raises UnclearHour.
    """
    local = datetime.combine(on, when, tzinfo=PARIS)
    first, second = local.utcoffset(), local.replace(fold=1).utcoffset()
    if first is None or second is None or first == second:
        return local.astimezone(UTC)
    if first < second:
        raise UnclearHour(
            f"{hour(when).capitalize()} n’existe pas le {day(on)} : cette nuit-là, on passe de 2 h à 3 h "
            "(heure d’été)."
        )
    raise UnclearHour(
        f"{hour(when).capitalize()} arrive deux fois le {day(on)} (heure d’hiver) : choisissez une heure "
        "avant 2 h, ou à partir de 3 h."
    )


class Parts(NamedTuple):
    """A day in pieces, for a tile or a narrow heading."""

    weekday: str
    number: str
    month: str
    year: str


def day_parts(when: date) -> Parts:
    """« mardi », « 1er », « décembre », « 2026 »; of an instant, the day in Paris."""
    local = in_paris(when) if isinstance(when, datetime) else when
    number = "1er" if local.day == 1 else str(local.day)
    return Parts(WEEKDAYS[local.weekday()], number, MONTHS[local.month - 1], str(local.year))


def day(when: date, *, weekday: bool = False, year: bool = True) -> str:
    """« 1er décembre 2026 », « mardi 1er décembre 2026 », « 1er décembre ». Days are those of Paris."""
    parts = day_parts(when)
    written = NO_BREAK.join([parts.number, parts.month, *([parts.year] if year else [])])
    return f"{parts.weekday} {written}" if weekday else written


def hour(when: datetime | time, *, seconds: bool = False) -> str:
    """« 23 h 59 », « 9 h »; « 9 h 00 min 05 s » when seconds matter."""
    local = in_paris(when) if isinstance(when, datetime) else when
    if seconds:
        return f"{local.hour} h {local.minute:02} min {local.second:02} s".replace(" ", NO_BREAK)
    minutes = f" {local.minute:02}" if local.minute else ""
    return f"{local.hour} h{minutes}".replace(" ", NO_BREAK)


def instant(when: datetime, *, weekday: bool = False, year: bool = True, seconds: bool = False) -> str:
    """« 1er décembre 2026 à 23 h 59 »."""
    return f"{day(when, weekday=weekday, year=year)} à{NO_BREAK}{hour(when, seconds=seconds)}"


def deadline(when: datetime, *, seconds: bool = False) -> str:
    """« mardi 1er décembre 2026 à 23 h 59 (heure de Paris) »: nobody has to guess the day nor the zone."""
    return f"{instant(when, weekday=True, seconds=seconds)} (heure{NO_BREAK}de{NO_BREAK}Paris)"


def hours(starts: datetime | time, ends: datetime | time) -> str:
    """« de 9 h à 12 h 30 »."""
    return f"de{NO_BREAK}{hour(starts)} à{NO_BREAK}{hour(ends)}"


def period(first: date, last: date) -> str:
    """« le 9 mai 2022 », « du 9 au 15 mai 2022 », « du 7 mars au 19 avril 2022 »."""
    opens, closes = day_parts(first), day_parts(last)
    if opens == closes:
        return f"le {day(last)}"
    if opens[2:] == closes[2:]:
        return f"du {opens.number} au {day(last)}"
    return f"du {day(first, year=opens.year != closes.year)} au {day(last)}"
