"""Auditions as a calendar file (iCalendar, RFC 5545). The same audition keeps its UID when it moves."""

from collections.abc import Iterable
from datetime import UTC, datetime

from matching.interviews.models import Audition

LINE_BYTES = 73


def calendar(auditions: Iterable[Audition], *, host: str, at: datetime) -> bytes:
    """One event per audition that has a time; a later file with a higher SEQUENCE moves the event."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//EIG//Auditions//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    for audition in auditions:
        if audition.during is not None and audition.slot is not None:
            lines += _event(audition, host=host, at=at)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _event(audition: Audition, *, host: str, at: datetime) -> list[str]:
    assert audition.during is not None
    assert audition.slot is not None
    panel = audition.slot.panel
    lines = [
        "BEGIN:VEVENT",
        f"UID:audition-{audition.code}@{host}",
        f"SEQUENCE:{audition.sequence}",
        f"DTSTAMP:{_stamp(at)}",
        f"DTSTART:{_stamp(audition.during.lower)}",
        f"DTEND:{_stamp(audition.during.upper)}",
        f"SUMMARY:{_text(f'Audition EIG : {audition.project.title}')}",
        f"LOCATION:{_text(panel.room)}",
        f"DESCRIPTION:{_text(f'Jury « {panel.name} ». {panel.link}'.strip())}",
    ]
    if panel.link:
        lines.append(f"URL:{panel.link}")
    return [*lines, "STATUS:CONFIRMED", "END:VEVENT"]


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        value = value.replace(plain, escaped)
    return value


def _folded(line: str) -> str:
    """Lines of at most 75 bytes; the next ones begin with a space, and no character is cut."""
    parts, current = [], ""
    for letter in line:
        if len((current + letter).encode()) > LINE_BYTES:
            parts.append(current)
            current = ""
        current += letter
    return "\r\n ".join([*parts, current])
