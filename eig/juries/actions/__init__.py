"""Open half-days and juries, sit around a table and leave it, tell who sits; take a side and leave it."""

from eig.juries.actions.announcement import announce, tell_jurors
from eig.juries.actions.half_day import HalfDayTaken, add_half_days, remove_half_day
from eig.juries.actions.panel import BadHours, Clash, TooEarly, change_panel, create_panel, refuse_early
from eig.juries.actions.seat import NotSeated, name_referent, refusal, seat_juror, unseat_juror
from eig.juries.actions.side import (
    JUDGE,
    IsCandidate,
    IsJudge,
    appoint_reader,
    dismiss_reader,
    stand_as_candidate,
    stand_as_judge,
    stop_applying,
    stop_judging,
)
