"""What the auditions print, and the calendar files that go with their letters."""

from eig.listing.documents import export_list
from matching.interviews.documents.booklet import build_booklet
from matching.interviews.documents.calendar import audition_event, calendar, invitation, jury_calendar
from matching.interviews.documents.minutes import MINUTES
from matching.interviews.documents.timetable import TIMETABLE
from matching.interviews.queries.booklet import BOOKLET
from matching.interviews.queries.listing import AUDITIONS, JURORS

__all__ = [
    "BOOKLET",
    "MINUTES",
    "TIMETABLE",
    "audition_event",
    "build_booklet",
    "calendar",
    "invitation",
    "jury_calendar",
]

export_list(AUDITIONS)
export_list(JURORS)
