"""Jurors, panels, slots, auditions, scorecards. Nobody is in two places at once: the database says so."""

from matching.interviews.models.audition import Audition
from matching.interviews.models.card import Scorecard
from matching.interviews.models.panel import Juror, Panel, PanelSeat, Slot

__all__ = [
    "Audition",
    "Juror",
    "Panel",
    "PanelSeat",
    "Scorecard",
    "Slot",
]
