"""When a wave may be published, and who comes next in the reserve."""

from collections.abc import Iterable
from datetime import datetime, timedelta

# A year typed in two figures, or one digit too many, is no hour of publication.
YEARS = range(2000, 2101)
# The time to fill the form in.
GRACE = timedelta(minutes=5)


def hour_refused(hour: datetime, *, now: datetime) -> str:
    """Why a wave cannot be published at `hour`; nothing when it can."""
    if hour.year not in YEARS:
        return f"Indiquez une année entre {YEARS[0]} et {YEARS[-1]}."
    if hour < now - GRACE:
        return "Cette heure est passée : choisissez un moment à venir."
    return ""


def rank_after(ranks: Iterable[int | None]) -> int:
    """The rank that follows those given."""
    return max((rank for rank in ranks if rank), default=0) + 1
