"""Jurors, panels, slots, auditions, scorecards. Nobody is in two places at once: the database says so."""

from matching.interviews.models.audition import Audition
from matching.interviews.models.booking import Booking
from matching.interviews.models.card import Scorecard
from matching.interviews.models.needs import Needs
from matching.interviews.models.panel import Juror, Panel, PanelSeat, Slot
from matching.interviews.models.proposal import Proposal

__all__ = [
    "Audition",
    "Booking",
    "Juror",
    "Needs",
    "Panel",
    "PanelSeat",
    "Proposal",
    "Scorecard",
    "Slot",
]
