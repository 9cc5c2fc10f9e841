"""The calendar as candidates see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

from eig.promotions.choices import PhaseKind
from eig.promotions.models import Phase

SHOWN = (
    PhaseKind.APPLICATIONS,
    PhaseKind.SHORTLIST,
    PhaseKind.REVEAL,
    PhaseKind.RANKING,
    PhaseKind.AUDITIONS,
    PhaseKind.ANNOUNCEMENT,
    PhaseKind.ACCEPTANCE,
    PhaseKind.MISSION,
)


@dataclass(frozen=True, slots=True)
class PhaseShown:
    phase: Phase
    when: str
    state: str


def interval(opens: datetime, closes: datetime) -> str:
    """« le 9 mai 2022 », « du 9 au 15 mai 2022 », « du 7 mars au 19 avril 2022 »."""
    first, last = localtime(opens).date(), localtime(closes).date()
    end = _said(last, "j F Y")
    if first == last:
        return f"le {end}"
    if (first.year, first.month) == (last.year, last.month):
        return f"du {_said(first, 'j')} au {end}"
    return f"du {_said(first, 'j F' if first.year == last.year else 'j F Y')} au {end}"


def _said(day: date, pattern: str) -> str:
    """French says « 1er mai », then « 2 mai »."""
    words = date_format(day, pattern)
    return f"1er{words[1:]}" if day.day == 1 else words


def phases_shown(phases: Iterable[Phase], *, now: datetime) -> list[PhaseShown]:
    return [
        PhaseShown(
            phase,
            interval(phase.opens_at, phase.closes_at),
            "done" if phase.is_over(now) else "current" if phase.is_open(now) else "next",
        )
        for phase in phases
        if phase.kind in SHOWN
    ]
