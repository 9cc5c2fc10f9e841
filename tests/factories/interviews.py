"""Jurors, panels with slots, auditions in each state, signed cards: through the actions."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from candidates.models import Application
from eig.accounts.models import User
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.juries.choices import JurorKind
from eig.promotions.models import Promotion
from matching.interviews import actions
from matching.interviews.models import Audition, Juror, Panel, Scorecard, Slot
from projects.models import Project
from tests.people import person


def morning(day: int = 1) -> datetime:
    """9:00 in some days' time."""
    return (timezone.localtime() + timedelta(days=day)).replace(hour=9, minute=0, second=0, microsecond=0)


def juror(
    promotion: Promotion,
    by: User,
    who: User | None = None,
    *,
    kind: str = JurorKind.AGENT,
    organisation: str = "",
) -> Juror:
    number = Juror.objects.count() + 1
    return actions.appoint_juror(
        promotion,
        person=who or person("Jo", f"Juré {number}", second_factor=True),
        kind=kind,
        organisation=organisation,
        by=by,
        at=timezone.now(),
    )


def panel(
    promotion: Promotion,
    by: User,
    jurors: Sequence[Juror] = (),
    *,
    room: str = "Salle 1",
    starts: datetime | None = None,
    hours: int = 3,
    slots: bool = True,
) -> Panel:
    """A panel with its jurors (the first is its referent) and half-hour slots."""
    begins = starts or morning()
    now = timezone.now()
    row = actions.create_panel(
        promotion,
        name=f"Jury {room}",
        room=room,
        link="https://visio.exemple.example/salle",
        starts=begins,
        ends=begins + timedelta(hours=hours),
        by=by,
        at=now,
    )
    for rank, member in enumerate(jurors):
        actions.seat_juror(row, juror=member, by=by, at=now, referent=rank == 0)
    if slots:
        actions.create_slots(row, minutes=30, by=by, at=now)
    return row


def free_slot(row: Panel, rank: int = 0) -> Slot:
    return (
        Slot.objects.filter(panel=row, audition__isnull=True).select_related("panel").order_by("during")[rank]
    )


def planned(application: Application, project: Project, by: User) -> Audition:
    return actions.plan_audition(application, project=project, by=by, at=timezone.now())


def placed(
    application: Application, project: Project, by: User, row: Panel, *, told: bool = False, rank: int = 0
) -> Audition:
    audition = planned(application, project, by)
    actions.place_audition(audition, slot=free_slot(row, rank), by=by, at=timezone.now())
    if told:
        actions.publish_timetable(audition.promotion, by=by, at=timezone.now())
        audition.refresh_from_db()
    return audition


def card(audition: Audition, member: Juror) -> Scorecard:
    return Scorecard.objects.select_related("sheet__grid", "juror__person", "audition").get(
        audition=audition, juror=member
    )


def marks(promotion: Promotion, value: int = 3) -> dict[str, int]:
    return {item.code: value for item in grid_of(promotion, Stage.AUDITION).criteria}


def signed(audition: Audition, member: Juror, value: int = 3) -> Scorecard:
    """The juror's card, marked and signed once the audition is over."""
    row = card(audition, member)
    at = audition.during.upper + timedelta(minutes=5)
    actions.save_scorecard(
        row,
        by=member.person,
        at=at,
        marks=marks(audition.promotion, value),
        comment="Échange franc.",
        verdict="favourable",
    )
    actions.sign_scorecard(row, by=member.person, at=at)
    return row
