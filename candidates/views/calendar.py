"""The calendar as candidates see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from eig.french import period
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


def phases_shown(phases: Iterable[Phase], *, now: datetime) -> list[PhaseShown]:
    return [
        PhaseShown(
            phase,
            period(phase.opens_at, phase.closes_at),
            "done" if phase.is_over(now) else "current" if phase.is_open(now) else "next",
        )
        for phase in phases
        if phase.kind in SHOWN
    ]
