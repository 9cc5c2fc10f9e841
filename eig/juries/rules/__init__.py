"""Decide: signs of a tie with what is judged; juries side by side, on the clock. Plain values."""

from eig.juries.rules.board import Block, Column, board
from eig.juries.rules.conflict import Judge, Judged, conflict_hints
from eig.juries.rules.day import Step, part_of_day, steps_from
