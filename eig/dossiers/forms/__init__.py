"""One Django form per section, built from its questions."""

from eig.dossiers.forms.correction import AnswerForm, CorrectionForm
from eig.dossiers.forms.section import SectionForm, without_row
