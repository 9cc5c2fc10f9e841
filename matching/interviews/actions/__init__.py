"""What can happen to auditions: jurors are appointed, panels set up, candidates placed, heard and marked."""

from eig.evaluation.actions import MarksMissing, ReasonNeeded, SheetClosed
from matching.interviews.actions.audition import (
    NotHeardHere,
    cancel_audition,
    cancel_auditions_of_application,
    cancel_auditions_of_project,
    mark_absent,
    mark_heard,
    plan_audition,
)
from matching.interviews.actions.booking import (
    NotYours,
    choose_slot,
    invite_to_choose,
    move_own_audition,
    remind_auditions,
)
from matching.interviews.actions.card import JurorInConflict, NotHeld, save_scorecard, sign_scorecard
from matching.interviews.actions.juror import appoint_by_email, appoint_juror, recuse_juror
from matching.interviews.actions.needs import keep_needs, state_needs
from matching.interviews.actions.panel import (
    StillInUse,
    change_panel,
    clear_slots,
    create_panel,
    create_slots,
    name_referent,
    remove_panel,
    seat_juror,
    unseat_juror,
)
from matching.interviews.actions.proposal import (
    ProposalClosed,
    accept_proposal,
    decline_proposal,
    expire_proposals,
    propose_audition,
    propose_auditions,
    remind_proposals,
    withdraw_proposal,
    withdraw_proposals_of_application,
    withdraw_proposals_of_project,
)
from matching.interviews.actions.slot import (
    CandidateBusy,
    NoJury,
    NotPlaced,
    SlotTaken,
    place_all,
    place_audition,
    swap_auditions,
    unplace_audition,
)
from matching.interviews.actions.timetable import publish_timetable
