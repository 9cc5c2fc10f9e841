"""What the machinery of privacy itself keeps."""

from eig.personal import PERSON, PUBLIC_INTEREST, Purpose, Record, Register
from privacy.models import DataCopy, Erasure, PurgeNotice, RetentionRule

REGISTER = Register(
    purposes=(
        Purpose(
            code="copies",
            title="Les copies de vos données",
            why="Vous remettre tout ce que nous savons de vous, quand vous le demandez.",
            basis=PUBLIC_INTEREST,
            seen_by="vous",
            kept="sept jours",
            erasure="Elles sont supprimées aussitôt.",
        ),
    ),
    records=(
        Record(
            model=DataCopy,
            purpose="copies",
            subject=PERSON,
            path="person",
            kept=("person",),
            plain=("error",),
            gone=True,
            shown=("status", "asked_at", "ready_at", "expires_at"),
        ),
        Record(
            model=PurgeNotice,
            subject=PERSON,
            path="person",
            kept=("person",),
            plain=("clock", "record_type"),
            gone=True,
        ),
        Record(model=RetentionRule, plain=("clock",), searched=False),
        Record(model=Erasure, plain=("clock", "promotion_code", "counts"), searched=False),
    ),
)
