"""What the purge would do today, and what comes: for the team's page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from eig.promotions.models import Promotion
from privacy.queries.ending import Term, terms


@dataclass(frozen=True, slots=True)
class PurgeLine:
    """One kind of data of a promotion: its length, how many are kept, due today, to be told."""

    title: str
    since: str
    months: int
    kept: int
    due: int
    to_tell: int
    is_told: bool


@dataclass(frozen=True, slots=True)
class Foreseen:
    title: str
    due_on: date
    count: int


def purge_lines(promotion: Promotion, *, at: datetime) -> list[PurgeLine]:
    return [_line(term) for term in terms(at=at, only=promotion)]


def _line(term: Term) -> PurgeLine:
    is_told = bool(term.clock.person)
    return PurgeLine(
        title=term.clock.title,
        since=term.clock.since,
        months=term.months,
        kept=term.rows().count(),
        due=term.due().count(),
        to_tell=term.to_tell().count() if is_told else 0,
        is_told=is_told,
    )


def foreseen(promotion: Promotion, *, at: datetime, horizon: timedelta) -> list[Foreseen]:
    """By kind and by day, what ends before the horizon."""
    found: dict[tuple[date, str], int] = {}
    for term in terms(at=at, only=promotion):
        days = term.rows().exclude(clock_started_at=None).values_list("clock_started_at", flat=True)
        for started in days.iterator(chunk_size=2000):
            due = term.due_of(started)
            if due <= (at + horizon).date():
                key = (due, term.clock.title)
                found[key] = found.get(key, 0) + 1
    return [Foreseen(title, due, count) for (due, title), count in sorted(found.items())][:40]
