"""Jurors, panels, slots, auditions, scorecards. Nobody is in two places at once: the database says so."""

from matching.interviews.models.allocation import Allocation
from matching.interviews.models.answer import Availability, JuryInvitation, Tie
from matching.interviews.models.audition import Audition
from matching.interviews.models.booking import Booking
from matching.interviews.models.card import Scorecard
from matching.interviews.models.day_pass import DayPass
from matching.interviews.models.juror import Juror
from matching.interviews.models.minutes import Minutes, MinutesSignature
from matching.interviews.models.needs import Needs
from matching.interviews.models.panel import Panel, PanelSeat
from matching.interviews.models.plan import Plan
from matching.interviews.models.proposal import Proposal
from matching.interviews.models.room import Opinion, Passage
from matching.interviews.models.slot import Slot
from matching.interviews.models.week import AuditionRules, HalfDay
