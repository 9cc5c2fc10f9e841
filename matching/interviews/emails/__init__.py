"""What is told about auditions: to candidates, to jurors, to panels."""

from matching.interviews.emails.audition import (
    audition_cancelled,
    audition_moved,
    audition_reminders,
    auditions_placed,
)
from matching.interviews.emails.booking import choice_opened
from matching.interviews.emails.day_pass import day_code_sent, day_pass_sent
from matching.interviews.emails.juror import juror_invited, jury_invited
from matching.interviews.emails.minutes import minutes_to_sign
from matching.interviews.emails.proposal import (
    audition_proposed,
    proposal_accepted,
    proposal_reminders,
    proposal_withdrawn,
)
