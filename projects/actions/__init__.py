"""Do: everything that can happen to a project. One noun per file."""

from projects.actions.call import refresh_call_brochure
from projects.actions.correction import (
    answer_project_correction,
    ask_project_correction,
    cancel_project_correction,
    expire_project_corrections,
)
from projects.actions.editor import (
    AlreadyEditor,
    LastLead,
    add_editor,
    invite_editor,
    remove_editor,
    revoke_editor_invitation,
)
from projects.actions.eligibility import (
    ConditionUnmet,
    ReasonMissing,
    UnknownCondition,
    accept_eligibility,
    check_eligibility,
    refuse_eligibility,
)
from projects.actions.page import (
    NotDescribed,
    NothingToPrint,
    add_past_page,
    ask_brochure,
    describe_project,
    publish_project,
    publish_projects,
)
from projects.actions.position import SeatsOutOfRange, refine_position
from projects.actions.project import (
    DraftExists,
    save_project_section,
    start_project,
    submit_project,
    withdraw_project,
)
from projects.actions.proposal import AnswerMissing, accept_proposal, propose_position, return_proposal
from projects.actions.reading import (
    ask_reading,
    assign_reader,
    dismiss_reader,
    hand_out_readings,
    recuse_reader,
    take_next,
)
from projects.actions.visa import (
    SectionChanged,
    VisaNotPossible,
    ask_change,
    ask_visa,
    give_visa,
    prolong_visas,
    remind_visas,
    revoke_visa,
)
