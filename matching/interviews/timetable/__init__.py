"""The interview week: `plan_timetable`, from a `timetable` instance to rooms, times and panels.

A half-day, a room and a panel are chosen for each audition by CP-SAT; times inside a half-day follow by
colouring. The only package of the algorithms that needs more than the standard library (ortools).
"""

from matching.interviews.timetable.instance import read_timetable
from matching.interviews.timetable.solve import plan, plan_timetable
