"""What the pages of a dossier show, alike for projects and applications."""

from eig.dossiers.pages.contents import contents_context, review_context
from eig.dossiers.pages.correction import Changed, changes_of, opened_section
from eig.dossiers.pages.section import Attempt, attempt_section, form_context, section_context, seen_of

__all__ = [
    "Attempt",
    "Changed",
    "attempt_section",
    "changes_of",
    "contents_context",
    "form_context",
    "opened_section",
    "review_context",
    "section_context",
    "seen_of",
]
