"""What a form asks, whether a dossier answers it, how its answers are shown and sealed. Plain values only."""

from eig.dossiers.rules.completeness import (
    Barrier,
    Missing,
    SectionProgress,
    barriers,
    missing_parts,
    progress,
    sections_done,
)
from eig.dossiers.rules.content import amended_number, canonical_content, receipt_number, sha256
from eig.dossiers.rules.difference import Piece, difference
from eig.dossiers.rules.experience import Experience, experience
from eig.dossiers.rules.form import FormView, QuestionView, SectionView, TradeView
from eig.dossiers.rules.merging import Change, Turn, Verdict, verdict
from eig.dossiers.rules.parts import PARTS, ROWS, Part, filled
from eig.dossiers.rules.shown import SectionAnswers, answers_shown, shown_text
from eig.dossiers.rules.siret import is_siren, is_siret, plain_siret
