"""A calendar file to download."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone

from eig.icalendar import Event, calendar_file


def ics(events: Iterable[Event], *, name: str, title: str = "") -> HttpResponse:
    """`name` is the file's, without its extension; `title` that of a calendar of several events."""
    content = calendar_file(events, at=timezone.now(), name=title)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
