"""Decide about auditions: who is proposed, when, by whom, with which score. Plain values in and out."""

from matching.interviews.rules.slot import OpenSlot, Unplaced, first_fit
from matching.interviews.rules.standing import audition_score, competition_ranks, mean_of_score
