"""Ask: the forms of a promotion, who changed what in a dossier. One noun per file."""

from eig.dossiers.queries.form import call_is_over, form_of, question_of, read_question
from eig.dossiers.queries.revision import (
    LastEdit,
    Sitting,
    changes_since,
    last_changes,
    last_edits,
    read_changes,
    revision_of,
    sittings,
    type_of,
    with_answer,
)

__all__ = [
    "LastEdit",
    "Sitting",
    "call_is_over",
    "changes_since",
    "form_of",
    "last_changes",
    "last_edits",
    "question_of",
    "read_changes",
    "read_question",
    "revision_of",
    "sittings",
    "type_of",
    "with_answer",
]
