"""Decide: signs of a tie with what is judged; a jury's day on the clock. Plain values in and out."""

from eig.juries.rules.conflict import Judge, Judged, conflict_hints
from eig.juries.rules.day import Step, part_of_day, steps_from
