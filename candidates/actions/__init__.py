"""Do: everything that can happen to an application. One noun per file."""

from candidates.actions.application import (
    MayNotApply,
    NotReady,
    apply_refusal,
    save_application_section,
    start_application,
    submit_application,
    withdraw_application_record,
)
from candidates.actions.assignment import PlanChanged, apply_plan, change_reader, dismiss_reader
from candidates.actions.attachment import add_attachment, limits_of, remove_attachment
from candidates.actions.bulk import AlreadyApplied, NoRows, apply_bulk, fill_bulk, prepare_bulk
from candidates.actions.calibration import CalibrationRefused, cancel_calibration, open_calibration
from candidates.actions.correction import (
    add_correction_file,
    answer_application_correction,
    ask_application_correction,
    cancel_application_correction,
    drop_correction_file,
    expire_application_corrections,
)
from candidates.actions.decision import propose_decisions
from candidates.actions.duplicate import AlreadyRuled, NotAPair, keep_both, set_one_aside
from candidates.actions.eligibility import ReasonMissing, refuse_eligibility, restore_eligibility
from candidates.actions.pool import (
    CallNotOpen,
    ConsentMissing,
    expire_pool,
    join_pool,
    leave_pool,
    tell_pool,
)
from candidates.actions.queue import CalibrationFirst, hand_out_next, release_held
from candidates.actions.reading import (
    CommentMissing,
    ConflictNotDeclared,
    NotAReader,
    ReaderBarred,
    ReadingOver,
    assign_reader,
    declare_no_conflict,
    distribute_readings,
    recuse_reader,
    save_review,
    sign_review,
)
from candidates.actions.redaction import (
    BadMark,
    MayNotShow,
    RedactionClosed,
    mark_redaction,
    unmark_redaction,
)
from candidates.actions.saved_view import forget_view, keep_view

__all__ = [
    "AlreadyApplied",
    "AlreadyRuled",
    "BadMark",
    "CalibrationFirst",
    "CalibrationRefused",
    "CallNotOpen",
    "CommentMissing",
    "ConflictNotDeclared",
    "ConsentMissing",
    "MayNotApply",
    "MayNotShow",
    "NoRows",
    "NotAPair",
    "NotAReader",
    "NotReady",
    "PlanChanged",
    "ReaderBarred",
    "ReadingOver",
    "ReasonMissing",
    "RedactionClosed",
    "add_attachment",
    "add_correction_file",
    "answer_application_correction",
    "apply_bulk",
    "apply_plan",
    "apply_refusal",
    "ask_application_correction",
    "assign_reader",
    "cancel_application_correction",
    "cancel_calibration",
    "change_reader",
    "declare_no_conflict",
    "dismiss_reader",
    "distribute_readings",
    "drop_correction_file",
    "expire_application_corrections",
    "expire_pool",
    "fill_bulk",
    "forget_view",
    "hand_out_next",
    "join_pool",
    "keep_both",
    "keep_view",
    "leave_pool",
    "limits_of",
    "mark_redaction",
    "open_calibration",
    "prepare_bulk",
    "propose_decisions",
    "recuse_reader",
    "refuse_eligibility",
    "release_held",
    "remove_attachment",
    "restore_eligibility",
    "save_application_section",
    "save_review",
    "set_one_aside",
    "sign_review",
    "start_application",
    "submit_application",
    "tell_pool",
    "unmark_redaction",
    "withdraw_application_record",
]
