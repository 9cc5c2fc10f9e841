"""A person’s application, its files, readings and decisions; and how the team works on them."""

from candidates.models.application import Application, ApplicationTrade, Attachment
from candidates.models.calibration import Calibration, CalibrationDossier
from candidates.models.correction import Correction, CorrectionFile
from candidates.models.decision import Decision
from candidates.models.duplicate import DuplicateRuling
from candidates.models.pool import PoolMember
from candidates.models.reading import Review
from candidates.models.redaction import RedactionMark
