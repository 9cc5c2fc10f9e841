"""The doors of a call's readings: the same in each step, under its own address."""

from typing import Any

from django.urls import URLPattern, path

from eig.evaluation.desks import ReadingDesk
from eig.evaluation.views import staff


def staff_urls(
    root: str, desk: ReadingDesk, *, preview: str, ask: str, reader: str, dismiss: str, recuse: str
) -> list[URLPattern]:
    """For the team; `root` is the address of its list of dossiers, the others are the words of doors."""
    readings, one = f"{root}lectures/", f"{root}<uuid:code>/"
    given: dict[str, Any] = {"desk": desk}
    person = f"{readings}{reader}<uuid:person>/"
    return [
        path(readings, staff.reading_list, given, name="staff_reading_list"),
        path(f"{readings}{preview}/", staff.reading_preview, given, name=desk.preview),
        path(f"{readings}distribuer/", staff.reading_distribute, given, name="staff_reading_distribute"),
        path(person, staff.reader_edit, given, name="staff_reader_edit"),
        path(f"{person}{dismiss}/", staff.reader_dismiss, given, name="staff_reader_dismiss"),
        path(f"{one}{ask}/", staff.reading_ask, given, name=desk.ask),
        path(f"{one}lecteurs/", staff.reader_assign, given, name="staff_reader_assign"),
        path(f"{one}{recuse}", staff.reader_recuse, given, name="staff_reader_recuse"),
    ]
