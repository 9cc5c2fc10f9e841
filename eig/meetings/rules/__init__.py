"""What meetings decide with paper and pencil: hours, seats, calendar files."""

from eig.meetings.rules.times import (
    SLOT_MINUTES,
    Interval,
    is_bookable,
    reminder_is_due,
    seats_to_give,
    slot_times,
)
