"""Do: hold webinars, register for them, open advice slots, book them, remind."""

from eig.meetings.actions.advice import (
    AlreadyBooked,
    SlotTaken,
    TooLate,
    book_advice,
    cancel_booking,
    close_booking,
    close_slot,
    move_booking,
    note_booking,
    open_slots,
)
from eig.meetings.actions.registration import WebinarOver, leave_webinar, register_for_webinar
from eig.meetings.actions.reminder import remind_meetings
from eig.meetings.actions.webinar import TooFewSeats, cancel_webinar, change_webinar, hold_webinar
