"""Remember: forms as data, what a dossier is made of, corrections asked. One noun per file."""

from eig.dossiers.models.correction import Correction, promotion_of
from eig.dossiers.models.dossier import Counter, Dossier, Revision, Written
from eig.dossiers.models.form import Form, Question, Section
