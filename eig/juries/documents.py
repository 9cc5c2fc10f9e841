"""Calendar events of juries, for those who sit and those who are heard: each keeps its UID for life.

And the days of juries on paper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from eig.documents.printing import Order
from eig.icalendar import Event
from eig.juries.kinds import P, S, Table
from eig.juries.models import AnyPanel, AnySeat
from eig.juries.rules import Column, Step, board
from eig.meetings.queries import event_id, page_at
from eig.promotions.models import Promotion


def appointment(
    name: str,
    *,
    title: str,
    during: DateTimeTZRange,
    place: str,
    page: str,
    notes: Iterable[str],
    sequence: int,
    attendee: str,
    cancelled: bool = False,
) -> Event:
    """What a calendar shows of a jury; `place` is a room, then a link on a line of its own.

    Calendars show one address: the page is in the notes too, for who meets at a distance.
    """
    room, _, link = place.partition("\n")
    there = [f"Visioconférence : {link}"] if link else []
    return Event(
        uid=event_id(name),
        starts=during.lower,
        ends=during.upper,
        title=title,
        sequence=sequence,
        description="\n".join([*notes, *there, f"Le détail : {page}"]),
        place=room,
        url=link or page,
        organiser=settings.CONTACT_EMAIL,
        attendee=attendee,
        cancelled=cancelled,
    )


def seat_event(table: Table[P, S], seat: S, *, cancelled: bool = False) -> Event:
    """The hours of a juror as they were told of them: the same event whichever jury the seat moves to."""
    panel = getattr(seat, table.panel)
    return appointment(
        f"jury-{seat.juror.code}-{seat.pk}",
        title=f"{table.name} {panel.promotion.name} : {panel.name}",
        during=seat.announced_during,
        place=seat.announced_place,
        page=page_at(table.page),
        notes=["Vous en êtes référent·e."] if seat.is_referent else [],
        sequence=seat.sequence,
        attendee=seat.juror.person.email,
        cancelled=cancelled,
    )


@dataclass(frozen=True, slots=True)
class Pass:
    """What a jury hears at an hour; each step, and whether those who are heard are in the room."""

    starts: datetime
    title: str
    detail: str = ""
    steps: Sequence[tuple[Step, bool]] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A jury on paper: where, who sits, what it hears."""

    panel: AnyPanel
    seats: Sequence[AnySeat]
    passes: Sequence[Pass]


def plan_on_paper(
    promotion: Promotion, sheets: Iterable[Sheet], *, title: str, filename: str, lead: str = ""
) -> Order:
    """Each day: the juries side by side, then a page for each of them, with the list to sign."""
    days = board(
        Column(
            sheet.panel.during.lower,
            sheet.panel.during.upper,
            sheet,
            {one.starts: one for one in sheet.passes},
        )
        for sheet in sheets
    )
    context = {"promotion": promotion, "title": title, "lead": lead, "days": days}
    return Order("pdf/jury_plan.html", context, filename, long=True)
