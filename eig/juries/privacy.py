"""On which side of a promotion a person stands."""

from eig.juries.models import Side
from eig.personal import PERSON, PUBLIC_INTEREST, Purpose, Record, Register

REGISTER = Register(
    purposes=(
        Purpose(
            code="sides",
            title="Votre côté dans chaque promotion",
            why="Garantir que personne n’évalue une promotion où cette personne candidate.",
            basis=PUBLIC_INTEREST,
            seen_by="l’équipe du programme",
            kept="aussi longtemps que votre candidature ou votre rôle",
            erasure="Cette ligne disparaît aussitôt.",
        ),
    ),
    records=(
        Record(
            model=Side,
            purpose="sides",
            subject=PERSON,
            path="person",
            kept=("person",),
            plain=("duties",),
            gone=True,
            shown=("promotion", "stand", "since"),
            searched=False,
        ),
    ),
)
