"""What is told about auditions: to candidates, to jurors, to panels."""

from matching.interviews.emails.audition import (
    audition_cancelled,
    audition_moved,
    audition_proposed,
    audition_reminders,
    auditions_placed,
    choice_opened,
    juror_invited,
    proposal_accepted,
    proposal_reminders,
    proposal_withdrawn,
)
from matching.interviews.emails.day import day_code_sent, day_pass_sent, minutes_to_sign

__all__ = [
    "audition_cancelled",
    "audition_moved",
    "audition_proposed",
    "audition_reminders",
    "auditions_placed",
    "choice_opened",
    "day_code_sent",
    "day_pass_sent",
    "juror_invited",
    "minutes_to_sign",
    "proposal_accepted",
    "proposal_reminders",
    "proposal_withdrawn",
]
