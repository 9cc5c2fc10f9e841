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
from eig.dossiers.rules.content import canonical_content, receipt_number, sha256
from eig.dossiers.rules.form import FormView, QuestionView, SectionView, TradeView, is_asked
from eig.dossiers.rules.parts import PARTS, ROWS, Part, filled
from eig.dossiers.rules.shown import SectionAnswers, ShownAnswer, answers_shown, shown_text
from eig.dossiers.rules.siret import is_siret, plain_siret

__all__ = [
    "PARTS",
    "ROWS",
    "Barrier",
    "FormView",
    "Missing",
    "Part",
    "QuestionView",
    "SectionAnswers",
    "SectionProgress",
    "SectionView",
    "ShownAnswer",
    "TradeView",
    "answers_shown",
    "barriers",
    "canonical_content",
    "filled",
    "is_asked",
    "is_siret",
    "missing_parts",
    "plain_siret",
    "progress",
    "receipt_number",
    "sections_done",
    "sha256",
    "shown_text",
]
