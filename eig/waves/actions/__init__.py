"""Do: prepare, validate, publish a wave; propose and take back its decisions. One noun per file."""

from eig.waves.actions.decision import (
    REFUSALS,
    DecisionLocked,
    LastValidator,
    NothingToDecide,
    RankTaken,
    WaveNotDue,
    WaveNotReady,
    drop_awaited_decision,
    locked_prepared,
    note_authors,
    propose_decision,
    refuse_last,
    retract_decision,
)
from eig.waves.actions.wave import (
    MOVABLE,
    cancel_wave,
    confirm_wave,
    move_wave,
    prepare_wave,
    publish_wave,
    reopen_wave,
    split_wave,
    validate_wave,
)
