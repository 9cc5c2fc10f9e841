"""Those who evaluate: their sheets, their recusals.

What they write of a dossier belongs to its subject (see steps).
"""

from eig.evaluation.models import AnchorAmendment, Criterion, Grid, Mark, Reader, Recusal, Sheet
from eig.personal import EMPTY, PERSON, Purpose, Record, Register

PURPOSES = (
    Purpose(
        code="evaluating",
        title="Vos lectures et vos fiches de jury",
        why="Noter les dossiers, expliquer les décisions, garantir l’absence de conflit d’intérêts.",
        seen_by="vous, l’équipe du programme ; les appréciations, la personne évaluée si elle le demande",
        kept="aussi longtemps que le dossier évalué",
        erasure="Vos notes comptent toujours, sans votre nom. Vos motifs de déport disparaissent.",
    ),
)

RECORDS = (
    Record(Grid, plain="title introduction verdicts", searched=False),
    Record(Criterion, plain="code label definition anchors", searched=False),
    Record(AnchorAmendment, kept="amended_by", plain="before after reason"),
    Record(Reader, PERSON, "person", "evaluating", kept="person", shown="promotion stage cap appointed_at"),
    Record(Sheet, PERSON, "evaluator", "evaluating", kept="evaluator comment", plain="verdict",
           shown="grid status verdict favourite comment total signed_at"),
    Record(Mark, PERSON, "sheet__evaluator", "evaluating", kept="appreciation",
           shown="criterion value appreciation"),
    Record(Recusal, PERSON, "person", "evaluating", erased={"reason": EMPTY}, kept="person declared_by",
           plain="subject_type", shown="subject_type reason declared_at"),
)  # fmt: skip

REGISTER = Register(PURPOSES, RECORDS)
