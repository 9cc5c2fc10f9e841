"""Auditions as calendar files. The same audition keeps its UID when it moves or is cancelled."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse

from eig.icalendar import Event, Method, calendar_file
from matching.interviews.models import Audition, Juror, PanelSeat


def calendar(auditions: Iterable[Audition], *, at: datetime) -> bytes:
    """What a person's calendar should hold: times kept, times left marked as cancelled."""
    events = [event for audition in auditions if (event := audition_event(audition)) is not None]
    return calendar_file(events, at=at, name="Auditions EIG")


def invitation(auditions: Iterable[Audition], *, at: datetime) -> bytes:
    """The file that goes with a letter: it makes, moves or cancels the appointments."""
    events = [event for audition in auditions if (event := audition_event(audition)) is not None]
    if not events:
        return b""
    method = Method.CANCEL if all(event.cancelled for event in events) else Method.REQUEST
    return calendar_file(events, at=at, method=method)


def audition_event(audition: Audition) -> Event | None:
    """The audition as its candidate was told of it; none before they were."""
    holds = audition.during is not None and audition.slot is not None
    during = audition.during if holds else audition.announced_during
    if during is None or during.lower is None or during.upper is None:
        return None
    panel = audition.slot.panel if audition.slot else None
    page = f"{settings.SITE_URL}{reverse('interviews:audition_detail', args=[audition.code])}"
    details = [f"Jury « {panel.name} »."] if panel else []
    if panel and panel.link:
        details.append(f"Visioconférence : {panel.link}")
    return Event(
        uid=f"audition-{audition.code}@{urlsplit(settings.SITE_URL).hostname or 'eig'}",
        starts=during.lower,
        ends=during.upper,
        title=f"Audition EIG : {audition.project.title}",
        sequence=audition.sequence,
        description="\n".join([*details, f"Déplacer l’audition, dire vos besoins : {page}"]),
        place=panel.room if panel else "",
        url=(panel.link or page) if panel else page,
        organiser=settings.CONTACT_EMAIL,
        attendee=audition.application.candidate.email,
        cancelled=not holds,
    )


def jury_calendar(
    juror: Juror, seats: Sequence[PanelSeat], *, left: Iterable[DateTimeTZRange], at: datetime
) -> bytes:
    """A juror's half-days; `left` are those where they do not sit (any more): a calendar forgets them.

    A half-day keeps its UID whichever room it moves to; what is written later takes over.
    """
    page = f"{settings.SITE_URL}{reverse('interviews:jury_day')}"
    kept = [
        _sitting(juror, seat.panel.during, at=at, place=seat.panel.room, url=seat.panel.link or page)
        for seat in seats
    ]
    hours = {seat.panel.during.lower for seat in seats}
    gone = [
        _sitting(juror, during, at=at, place="", url=page, cancelled=True)
        for during in left
        if during.lower not in hours
    ]
    if not kept and not gone:
        return b""
    return calendar_file([*kept, *gone], at=at, method=Method.REQUEST if kept else Method.CANCEL)


def _sitting(
    juror: Juror, during: DateTimeTZRange, *, at: datetime, place: str, url: str, cancelled: bool = False
) -> Event:
    host = urlsplit(settings.SITE_URL).hostname or "eig"
    return Event(
        uid=f"jury-{juror.code}-{during.lower:%Y%m%dT%H%M}@{host}",
        starts=during.lower,
        ends=during.upper,
        title=f"Jury des auditions {juror.promotion.name}",
        sequence=int(at.timestamp()) // 60,
        description=f"Vos dossiers et vos fiches : {settings.SITE_URL}{reverse('interviews:jury_day')}",
        place=place,
        url=url,
        organiser=settings.CONTACT_EMAIL,
        attendee=juror.person.email,
        cancelled=cancelled,
    )
