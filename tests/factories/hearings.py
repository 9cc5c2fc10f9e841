"""Project juries, through the real actions."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from eig.accounts.models import User
from eig.promotions.models import Promotion
from projects.actions.jury import (
    add_half_days,
    appoint_project_juror,
    create_group,
    place_hearing,
    seat_juror,
)
from projects.actions.plan import announce_hearings
from projects.models import Hearing, HearingGroup, HearingHalfDay, HearingJuror, Project
from projects.queries.hearing import half_days_of
from tests.factories import numbers
from tests.people import person

MIX = ("dinum", "agent", "agent", "outside", "alumni")
_numbers = numbers()


def half_days(promotion: Promotion, by: User, *, day: date = date(2027, 3, 1)) -> list[HearingHalfDay]:
    """A morning and an afternoon of a Monday, unless said otherwise."""
    hours = [(time(9), time(12, 30)), (time(14), time(17, 30))]
    add_half_days(promotion, days=[day], hours=hours, by=by, at=timezone.now())
    return half_days_of(promotion)


def juror(promotion: Promotion, *, who=None, kind: str = "agent", organisation: str = "") -> HearingJuror:
    who = who or person("Juge", f"Numero{next(_numbers)}", second_factor=True)
    return appoint_project_juror(
        promotion, person=who, kind=kind, organisation=organisation, by=None, at=timezone.now()
    )


def group(
    promotion: Promotion,
    *,
    room: str = "",
    starts: datetime | None = None,
    members: int = 0,
    referent: HearingJuror | None = None,
) -> HearingGroup:
    """A jury of three hours, tomorrow unless said otherwise."""
    starts = starts or (timezone.now() + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    number = next(_numbers)
    row = create_group(
        promotion,
        name=f"Jury {number}",
        room=room or f"Salle {number}",
        starts=starts,
        ends=starts + timedelta(hours=3),
        by=None,
        at=timezone.now(),
    )
    if referent is not None:
        seat_juror(row, juror=referent, by=None, at=timezone.now(), referent=True)
    for kind in MIX[:members]:
        seat_juror(row, juror=juror(promotion, kind=kind), by=None, at=timezone.now())
    return row


def hearing(project: Project, *, of: HearingGroup, rank: int = 0, told: bool = False) -> Hearing:
    starts = of.during.lower + timedelta(minutes=50 * rank)
    row = place_hearing(project, group=of, starts=starts, by=None, at=timezone.now())
    if told:
        announce_hearings(project.promotion, by=None, at=timezone.now())
        row.refresh_from_db()
    return row
