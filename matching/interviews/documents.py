"""Auditions as a calendar file. The same audition keeps its UID when it moves."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from eig.meetings.rules import Event, calendar_file
from matching.interviews.models import Audition


def calendar(auditions: Iterable[Audition], *, host: str, at: datetime) -> bytes:
    """One event per audition that has a time; a later file with a higher SEQUENCE moves the event."""
    return calendar_file(_events(auditions, host=host), at=at)


def _events(auditions: Iterable[Audition], *, host: str) -> Iterator[Event]:
    for audition in auditions:
        if audition.during is None or audition.slot is None:
            continue
        panel = audition.slot.panel
        yield Event(
            uid=f"audition-{audition.code}@{host}",
            sequence=audition.sequence,
            starts=audition.during.lower,
            ends=audition.during.upper,
            title=f"Audition EIG : {audition.project.title}",
            place=panel.room,
            description=f"Jury « {panel.name} ». {panel.link}".strip(),
            url=panel.link,
        )
