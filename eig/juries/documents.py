"""Calendar events of juries, for those who sit and for those who are heard; each keeps its UID for life."""

from collections.abc import Iterable

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from eig.icalendar import Event
from eig.juries.kinds import P, S, Table
from eig.meetings.queries import event_id, page_at


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
