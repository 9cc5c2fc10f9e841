"""What meetings decide with paper and pencil: times, places, calendar files."""

from eig.meetings.rules.icalendar import Event, Method, calendar_file

__all__ = ["Event", "Method", "calendar_file"]
