"""One Django form per section, built from its questions."""

from eig.dossiers.forms.correction import AnswerForm, CorrectionForm
from eig.dossiers.forms.section import Group, SectionForm, without_row

__all__ = ["AnswerForm", "CorrectionForm", "Group", "SectionForm", "without_row"]
