"""What the auditions print, and the calendar files that go with their letters."""

from matching.interviews.documents.booklet import BOOKLET
from matching.interviews.documents.calendar import audition_event, calendar, invitation
from matching.interviews.documents.minutes import MINUTES
from matching.interviews.documents.timetable import TIMETABLE

__all__ = ["BOOKLET", "MINUTES", "TIMETABLE", "audition_event", "calendar", "invitation"]
