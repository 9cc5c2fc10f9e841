"""Do: save answers, seal a dossier, ask for a correction and receive it. One noun per file."""

from eig.dossiers.actions.answer import (
    AnswerRefused,
    Conflict,
    DossierClosed,
    Seen,
    StaleVersion,
    refuse_over,
    save_answers,
)
from eig.dossiers.actions.correction import (
    AlreadyAsked,
    CannotAsk,
    CorrectionOver,
    Incomplete,
    answer_correction,
    ask_correction,
    cancel_correction,
    expire_corrections,
    refuse_late,
)
from eig.dossiers.actions.receipt import NotReady, hand_in, refuse_unready, seal, sealed_content
