"""Do: everything that can happen to an application. One noun per file."""

from candidates.actions.application import (
    MayNotApply,
    save_application_section,
    start_application,
    submit_application,
    withdraw_application_record,
)
from candidates.actions.attachment import add_attachment, limits_of, remove_attachment
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
from candidates.actions.pool import CallNotOpen, ConsentMissing, expire_pool, join_pool, leave_pool, tell_pool
from candidates.actions.reading import (
    CalibrationFirst,
    assign_reader,
    dismiss_reader,
    hand_out_readings,
    recuse_reader,
    take_next,
)
from candidates.actions.redaction import (
    BadMark,
    MayNotShow,
    RedactionClosed,
    mark_redaction,
    unmark_redaction,
)
