"""Decide about auditions: who is proposed, when, by whom, with which score.

Plain values in, plain values out.
"""

from matching.interviews.rules.conflicts import Person, conflict_hints
from matching.interviews.rules.scoring import (
    audition_score,
    competition_ranks,
    mean_of_score,
    needs_comment,
)
from matching.interviews.rules.times import OpenSlot, Unplaced, first_fit, slot_times

__all__ = [
    "OpenSlot",
    "Person",
    "Unplaced",
    "audition_score",
    "competition_ranks",
    "conflict_hints",
    "first_fit",
    "mean_of_score",
    "needs_comment",
    "slot_times",
]
