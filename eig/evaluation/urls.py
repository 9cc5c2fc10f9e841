"""The doors of a call's readings: the same in each step, under its own address."""

from typing import Any

from django.urls import URLPattern, path

from eig.evaluation.desks import ReadingDesk
from eig.evaluation.views import reader, reading, staff


def reader_urls(root: str, desk: ReadingDesk, *, take: str, recuse: str) -> list[URLPattern]:
    """For those who read; `root` is the address of their list, `take` and `recuse` the words of two doors."""
    one = f"{root}<uuid:code>/"
    given: dict[str, Any] = {"desk": desk}
    return [
        path(root, reader.reading_list, given, name=desk.listed),
        path(f"{root}{take}/<slug:promotion>/", reader.reading_take, given, name=desk.take),
        path(f"{root}raccourcis/", reader.reading_shortcuts, given, name="reading_shortcuts"),
        path(one, reading.review_edit, given, name="review_edit"),
        path(f"{one}grille/", reading.review_detail, given, name="review_detail"),
        path(f"{one}signer/", reading.review_sign, given, name="review_sign"),
        path(f"{one}{recuse}/", reading.review_recuse, given, name="review_recuse"),
    ]


def staff_urls(
    root: str, desk: ReadingDesk, *, preview: str, ask: str, person: str, dismiss: str, recuse: str
) -> list[URLPattern]:
    """For the team; `root` is the address of its list of dossiers, the others are the words of doors."""
    readings, one = f"{root}lectures/", f"{root}<uuid:code>/"
    given: dict[str, Any] = {"desk": desk}
    one_reader = f"{readings}{person}<uuid:person>/"
    return [
        path(readings, staff.reading_list, given, name="staff_reading_list"),
        path(f"{readings}{preview}/", staff.reading_preview, given, name=desk.preview),
        path(f"{readings}distribuer/", staff.reading_distribute, given, name="staff_reading_distribute"),
        path(one_reader, staff.reader_edit, given, name="staff_reader_edit"),
        path(f"{one_reader}{dismiss}/", staff.reader_dismiss, given, name="staff_reader_dismiss"),
        path(f"{one}{ask}/", staff.reading_ask, given, name=desk.ask),
        path(f"{one}lecteurs/", staff.reader_assign, given, name="staff_reader_assign"),
        path(f"{one}{recuse}", staff.reader_recuse, given, name="staff_reader_recuse"),
    ]
