"""Do: fill and sign a sheet, step aside; hand out, open, sign and take back a reading. One noun per file."""

from eig.evaluation.actions.many import apply_plan, assign_many
from eig.evaluation.actions.queue import (
    HELD_FOR,
    NothingLeft,
    PlanChanged,
    ask_reading,
    give_back_places,
    hand_out_readings,
    take_next,
)
from eig.evaluation.actions.reader import change_reader, dismiss_reader
from eig.evaluation.actions.reading import (
    ConflictNotDeclared,
    NotAReader,
    ReaderBarred,
    ReadingOver,
    add_readings,
    assign_reader,
    declare_no_conflict,
    recuse_reader,
    save_review,
    sign_review,
)
from eig.evaluation.actions.sheet import (
    AnchorsRefused,
    CommentMissing,
    MarksMissing,
    ReasonNeeded,
    SheetChanged,
    SheetClosed,
    amend_anchors,
    declare_recusal,
    recuse_sheet,
    refuse_unready,
    save_marks,
    sign_sheet,
)
