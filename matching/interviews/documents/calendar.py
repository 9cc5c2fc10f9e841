"""Auditions as calendar files. The same audition keeps its UID when it moves or is cancelled."""

from collections.abc import Iterable
from datetime import datetime

from eig.icalendar import Event, Method, calendar_file
from eig.juries.documents import appointment
from eig.juries.queries import place_of
from eig.meetings.queries import page_at
from matching.interviews.models import Audition


def audition_events(auditions: Iterable[Audition]) -> list[Event]:
    """What a person's calendar should hold: times kept, times left marked as cancelled."""
    return [event for audition in auditions if (event := audition_event(audition)) is not None]


def invitation(auditions: Iterable[Audition], *, at: datetime) -> bytes:
    """The file that goes with a letter: it makes, moves or cancels the appointments."""
    events = audition_events(auditions)
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
    notes = [f"Jury « {panel.name} »."] if panel else []
    return appointment(
        f"audition-{audition.code}",
        title=f"Audition EIG : {audition.project.title}",
        during=during,
        place=place_of(panel) if panel else "",
        page=page_at("interviews:audition_detail", audition.code),
        notes=[*notes, "Déplacer l’audition, dire vos besoins : sur sa page."],
        sequence=audition.sequence,
        attendee=audition.application.candidate.email,
        cancelled=not holds,
    )
