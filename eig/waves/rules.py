"""When a wave may be published, and who comes next in the reserve."""

from collections.abc import Iterable
from datetime import datetime, timedelta

# The time to fill the form in.
GRACE = timedelta(minutes=5)


def hour_refused(hour: datetime, *, now: datetime) -> str:
    """Why a wave cannot be published at `hour`; nothing when it can."""
    if hour < now - GRACE:
        return "Cette heure est passée : choisissez un moment à venir."
    return ""


def rank_after(ranks: Iterable[int | None]) -> int:
    """The rank that follows those given."""
    return max((rank for rank in ranks if rank), default=0) + 1
