"""Auditions as calendar files. The same audition keeps its UID when it moves or is cancelled."""

from collections.abc import Iterable
from datetime import datetime

from eig.icalendar import Event, invitations
from eig.juries.documents import appointment
from eig.meetings.queries import page_at
from matching.interviews.models import Audition


def audition_events(auditions: Iterable[Audition]) -> list[Event]:
    """What a person's calendar should hold: times kept, times left marked as cancelled."""
    return [event for audition in auditions if (event := audition_event(audition)) is not None]


def invitation(auditions: Iterable[Audition], *, at: datetime) -> bytes:
    """The files that go with a letter: each makes, moves or cancels an appointment."""
    return invitations(audition_events(auditions), at=at)


def audition_event(audition: Audition) -> Event | None:
    """The audition as its candidate was told of it; none before they were."""
    holds = audition.during is not None and audition.slot is not None
    if audition.announced_during is None:
        return None
    notes = [f"Jury « {audition.slot.panel.name} »."] if audition.slot else []
    return appointment(
        f"audition-{audition.code}",
        title=f"Audition EIG : {audition.project.title}",
        during=audition.announced_during,
        place=audition.announced_place if holds else "",
        page=page_at("interviews:audition_detail", audition.code),
        notes=[*notes, "Déplacer l’audition, dire vos besoins : sur sa page."],
        sequence=audition.sequence,
        attendee=audition.application.candidate.email,
        cancelled=not holds,
    )
