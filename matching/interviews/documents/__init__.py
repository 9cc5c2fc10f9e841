"""What the auditions print, and the calendar files that go with their letters."""

from eig.documents.printing import register
from eig.listing.documents import export_list
from matching.interviews.documents.booklet import build_booklet
from matching.interviews.documents.calendar import audition_events, invitation
from matching.interviews.documents.minutes import MINUTES
from matching.interviews.documents.timetable import TIMETABLE
from matching.interviews.queries.booklet import BOOKLET
from matching.interviews.queries.listing import AUDITIONS, JURORS

register(BOOKLET, build_booklet)
export_list(AUDITIONS)
export_list(JURORS)
