"""Take a side and leave it; appoint readers; sit around a table, leave it, keep its time."""

from eig.juries.actions.seat import NotSeated, Table, name_referent, refusal, seat_juror, span, unseat_juror
from eig.juries.actions.side import (
    JUDGE,
    IsCandidate,
    IsJudge,
    appoint_reader,
    stand_as_candidate,
    stand_as_judge,
    stop_applying,
    stop_judging,
)
