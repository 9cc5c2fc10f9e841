"""Calendar files: any text, any calendar reads them back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from eig.icalendar import Event, Method, calendar_file, invitations

AT = datetime(2022, 3, 17, 12, 45, tzinfo=UTC)


def event(**changes: object) -> Event:
    fields = {
        "uid": "slot-1@eig.example",
        "starts": AT,
        "ends": AT + timedelta(minutes=20),
        "title": "Conseil",
    }
    return Event(**{**fields, **changes})


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


@given(title=st.text(max_size=300), place=st.text(max_size=120))
def test_whatever_the_text_lines_are_short_and_nothing_leaves_its_property(title: str, place: str) -> None:
    content = calendar_file([event(title=title, place=place)], at=AT)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    names = [line.split(":")[0].split(";")[0] for line in unfolded(content)]
    assert set(names) <= {
        "BEGIN", "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND",
        "SUMMARY", "LOCATION", "STATUS", "END", "",
    }  # fmt: skip
    summary = next(line for line in unfolded(content) if line.startswith("SUMMARY:"))[8:]
    back = summary.replace("\\\\", "\0").replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",")
    told = title.replace("\r\n", "\n").replace("\r", "\n")
    assert back.replace("\0", "\\") == "".join(letter for letter in told if letter >= " " or letter in "\n\t")


def test_times_are_said_in_utc() -> None:
    lines = unfolded(calendar_file([event(alarms=(60,))], at=AT))
    assert "DTSTART:20220317T124500Z" in lines
    assert "DTEND:20220317T130500Z" in lines
    assert "TRIGGER:-PT60M" in lines


def test_a_cancelled_event_says_so_under_the_same_uid() -> None:
    lines = unfolded(
        calendar_file(
            [
                event(
                    sequence=3,
                    organiser="contact@eig.example",
                    attendee="a@b.example\r\nX-EVIL:1",
                    alarms=(60,),
                )
            ],
            at=AT,
            method=Method.CANCEL,
        )
    )
    assert "METHOD:CANCEL" in lines
    assert "STATUS:CANCELLED" in lines
    assert "SEQUENCE:3" in lines
    assert "UID:slot-1@eig.example" in lines
    assert "BEGIN:VALARM" not in lines
    assert not any(line.startswith("X-EVIL") for line in lines)


def test_a_letter_carries_one_file_for_each_appointment() -> None:
    """A REQUEST or a CANCEL is about one UID, and says who comes; what is published names nobody."""
    made, left = event(attendee="a@b.example"), event(uid="slot-2@eig.example", cancelled=True)
    files = invitations([made, left], at=AT).split(b"END:VCALENDAR\r\n")[:-1]
    told = [unfolded(file) for file in files]
    methods = [[line for line in lines if line.startswith("METHOD:")] for lines in told]
    assert methods == [["METHOD:REQUEST"], ["METHOD:CANCEL"]]
    assert [sum(line.startswith("UID:") for line in lines) for lines in told] == [1, 1]
    assert any(line.startswith("ATTENDEE") for line in told[0])
    published = unfolded(calendar_file([made], at=AT))
    assert not any(line.startswith("ATTENDEE") for line in published)


def test_hours_last_as_long_across_a_change_of_clocks() -> None:
    """From half past one to half past three, the night when clocks skip an hour: one hour, in UTC."""
    paris = ZoneInfo("Europe/Paris")
    night = event(
        starts=datetime(2027, 3, 28, 1, 30, tzinfo=paris), ends=datetime(2027, 3, 28, 3, 30, tzinfo=paris)
    )
    lines = unfolded(calendar_file([night], at=AT))
    assert "DTSTART:20270328T003000Z" in lines
    assert "DTEND:20270328T013000Z" in lines
