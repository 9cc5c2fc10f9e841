"""What the pages of a dossier show, alike for projects and applications."""

from eig.dossiers.pages.contents import contents_context, review_context
from eig.dossiers.pages.correction import changes_of, opened_section
from eig.dossiers.pages.section import Attempt, attempt_section, form_context, section_context, seen_of
