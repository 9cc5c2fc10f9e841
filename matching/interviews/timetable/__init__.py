"""The interview week: `solve.plan_timetable`, from a `timetable` instance to rooms, times and panels.

A half-day, a room and a panel are chosen for each audition by CP-SAT; times inside a half-day follow by
colouring. The only package of the algorithms that needs more than the standard library (ortools): this front
imports nothing, so that who reads or checks a week does not load the solver.
"""
