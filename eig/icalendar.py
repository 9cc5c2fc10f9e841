"""Calendar files (iCalendar, RFC 5545). Plain values in, bytes out.

The same event keeps its UID for life; each change raises its SEQUENCE, so that the calendar of the person
moves the event instead of adding a second one. Times are written in UTC, which every calendar shows locally.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

# RFC 5545, 3.1: lines of at most 75 bytes without the line break; the leading space of a fold counts.
LINE_BYTES = 75


class Method(StrEnum):
    """PUBLISH to download, REQUEST to invite by mail, CANCEL to take an invitation back."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing at one time. `uid` is stable ("slot-<code>@host"); `alarms` are minutes before the start."""

    uid: str
    starts: datetime
    ends: datetime
    title: str
    sequence: int = 0
    description: str = ""
    place: str = ""
    url: str = ""
    organiser: str = ""
    attendee: str = ""
    cancelled: bool = False
    alarms: tuple[int, ...] = ()


def calendar_file(
    events: Iterable[Event], *, at: datetime, method: Method = Method.PUBLISH, name: str = ""
) -> bytes:
    """The bytes of an `.ics` written at `at`; a CANCEL cancels every event it holds."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//EIG//Agenda//FR",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
    ]
    if name:
        lines += [f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}"]
    for event in events:
        lines += _event(event, at=at, method=method)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def invitations(events: Iterable[Event], *, at: datetime) -> bytes:
    """The files that go with a letter, one after the other: each makes, moves or cancels one event.

    A REQUEST or a CANCEL is about one UID (RFC 5546, 3.2): mail clients act upon the first, drop the rest.
    """
    files = (
        calendar_file([event], at=at, method=Method.CANCEL if event.cancelled else Method.REQUEST)
        for event in events
    )
    return b"".join(files)


def _event(event: Event, *, at: datetime, method: Method) -> list[str]:
    cancelled = event.cancelled or method == Method.CANCEL
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{stamp(at)}",
        f"DTSTART:{stamp(event.starts)}",
        f"DTEND:{stamp(event.ends)}",
        f"SUMMARY:{escaped(event.title)}",
    ]
    if event.place:
        lines.append(f"LOCATION:{escaped(event.place)}")
    if event.description:
        lines.append(f"DESCRIPTION:{escaped(event.description)}")
    if event.url:
        lines.append(f"URL:{_one_line(event.url)}")
    if event.organiser:
        lines.append(f"ORGANIZER:mailto:{_one_line(event.organiser)}")
    # Who comes is between them and us: what is published to download names nobody (RFC 5546, 3.2.1).
    if event.attendee and method != Method.PUBLISH:
        lines.append(f"ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{_one_line(event.attendee)}")
    lines.append(f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}")
    if not cancelled:
        for minutes in event.alarms:
            lines += [
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                f"DESCRIPTION:{escaped(event.title)}",
                f"TRIGGER:-PT{minutes}M",
                "END:VALARM",
            ]
    return [*lines, "END:VEVENT"]


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(value: str) -> str:
    """TEXT of RFC 5545, 3.3.11; control characters have no place in it."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    value = "".join(letter for letter in value if letter >= " " or letter in "\n\t")
    for plain, safe in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(plain, safe)
    return value


def _one_line(value: str) -> str:
    """A URI or an address: no line break may open a property of its own."""
    return "".join(value.split())


def folded(line: str) -> str:
    """Lines of at most 75 bytes; the next ones begin with a space, and no character is cut."""
    parts, current, size, room = [], "", 0, LINE_BYTES
    for letter in line:
        width = len(letter.encode())
        if size + width > room:
            parts.append(current)
            current, size, room = "", 0, LINE_BYTES - 1
        current += letter
        size += width
    return "\r\n ".join([*parts, current])
