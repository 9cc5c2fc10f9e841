"""Those who evaluate: their sheets, their recusals.

What they write of a dossier belongs to its subject (see steps).
"""

from eig.evaluation.models import AnchorAmendment, Criterion, Grid, Mark, Reader, Recusal, Sheet
from eig.personal import EMPTY, PERSON, PUBLIC_INTEREST, Purpose, Record, Register

REGISTER = Register(
    purposes=(
        Purpose(
            code="evaluating",
            title="Vos lectures et vos fiches de jury",
            why="Noter les dossiers, expliquer les décisions, garantir l’absence de conflit d’intérêts.",
            basis=PUBLIC_INTEREST,
            seen_by="vous, l’équipe du programme ; les appréciations, la personne évaluée si elle le demande",
            kept="aussi longtemps que le dossier évalué",
            erasure="Vos notes comptent toujours, sans votre nom. Vos motifs de déport disparaissent.",
        ),
    ),
    records=(
        Record(model=Grid, plain=("title", "introduction", "verdicts"), searched=False),
        Record(model=Criterion, plain=("code", "label", "definition", "anchors"), searched=False),
        Record(model=AnchorAmendment, kept=("amended_by",), plain=("before", "after", "reason")),
        Record(
            model=Reader,
            purpose="evaluating",
            subject=PERSON,
            path="person",
            kept=("person",),
            shown=("promotion", "stage", "cap", "appointed_at"),
        ),
        Record(
            model=Sheet,
            purpose="evaluating",
            subject=PERSON,
            path="evaluator",
            kept=("evaluator", "comment"),
            plain=("verdict",),
            shown=("grid", "status", "verdict", "favourite", "comment", "total", "signed_at"),
        ),
        Record(
            model=Mark,
            purpose="evaluating",
            subject=PERSON,
            path="sheet__evaluator",
            kept=("appreciation",),
            shown=("criterion", "value", "appreciation"),
        ),
        Record(
            model=Recusal,
            purpose="evaluating",
            subject=PERSON,
            path="person",
            erased={"reason": EMPTY},
            kept=("person", "declared_by"),
            plain=("subject_type",),
            shown=("subject_type", "reason", "declared_at"),
        ),
    ),
)
