"""Ask: the forms of a promotion, who changed what in a dossier. One noun per file."""

from eig.dossiers.queries.form import call_is_over, form_of, question_of, read_question
from eig.dossiers.queries.revision import (
    LastEdit,
    last_changes,
    last_edits,
    read_changes,
    revision_of,
    sittings,
    with_answer,
)
