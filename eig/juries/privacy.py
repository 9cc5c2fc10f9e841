"""On which side of a promotion a person stands."""

from eig.juries.models import Side
from eig.personal import PERSON, Purpose, Record, Register

PURPOSES = (
    Purpose(
        code="sides",
        title="Votre côté dans chaque promotion",
        why="Garantir que personne n’évalue une promotion où cette personne candidate.",
        seen_by="l’équipe du programme",
        kept="aussi longtemps que votre candidature ou votre rôle",
        erasure="Cette ligne disparaît aussitôt.",
    ),
)

RECORDS = (
    Record(Side, PERSON, "person", "sides", kept="person", plain="duties", gone=True,
           shown="promotion stand since", searched=False),
)  # fmt: skip

REGISTER = Register(PURPOSES, RECORDS)
