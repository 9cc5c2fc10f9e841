"""When a candidate may still choose or move the time of an audition. Plain values in, plain values out."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from eig.french import dates
from eig.promotions.rules import shifted


class Moves(NamedTuple):
    """What the règlement of the promotion allows, and what was used."""

    allowed: int
    made: int
    notice_days: int


def last_moment(starts: datetime, *, notice_days: int) -> datetime:
    """Until when an audition may be moved by its candidate: so many days before, at the same hour."""
    return shifted(starts, -timedelta(days=notice_days))


def move_obstacle(moves: Moves, *, starts: datetime, now: datetime) -> str:
    """Why the candidate may not move the audition any more, or nothing."""
    if moves.made >= moves.allowed:
        return "Vous avez déjà déplacé cette audition. Pour un nouvel empêchement, écrivez-nous."
    if now > last_moment(starts, notice_days=moves.notice_days):
        days = "la veille" if moves.notice_days == 1 else f"{moves.notice_days} jours avant"
        return f"Une audition se déplace jusqu’à {days}. En cas d’empêchement, écrivez-nous au plus vite."
    return ""


def reachable(starts: datetime, *, now: datetime, notice_days: int) -> bool:
    """Whether a new time leaves the jury the same notice as the règlement asks of the candidate."""
    return now <= last_moment(starts, notice_days=notice_days)


def at_home(panels: Iterable[int], homes: Collection[int]) -> set[int]:
    """The panels that already hear the project, when one of them is free: marks of one jury compare."""
    found = set(panels)
    return found & set(homes) or found


def hour_due(
    hours: Iterable[int], *, deadline: datetime, now: datetime, told_at: datetime | None
) -> int | None:
    """The closest reminder (hours before) whose hour has come while the deadline has not.

    After a stop of three days one reminder leaves, not two; none when the person was told after its hour.
    """
    for before in sorted(hours):
        hour = deadline - timedelta(hours=before)
        if hour <= now < deadline:
            return before if told_at is None or told_at <= hour else None
    return None


def local_time(moment: datetime, zone: str) -> str:
    """« 4 h 30 », « 4 h 30 (la veille) »: an instant on the clock of another place, told from Paris."""
    there, here = moment.astimezone(ZoneInfo(zone)), dates.in_paris(moment)
    days = (there.date() - here.date()).days
    word = {-1: " (la veille)", 1: " (le lendemain)"}.get(days, "")
    return dates.hour(there.time()) + word
