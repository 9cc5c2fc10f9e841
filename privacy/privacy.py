"""What the machinery of privacy itself keeps."""

from eig.personal import PERSON, Purpose, Record, Register
from privacy.models import DataCopy, Erasure, PurgeNotice, RetentionRule

PURPOSES = (
    Purpose(
        code="copies",
        title="Les copies de vos données",
        why="Vous remettre tout ce que nous savons de vous, quand vous le demandez.",
        seen_by="vous",
        kept="sept jours",
        erasure="Elles sont supprimées aussitôt.",
    ),
)

RECORDS = (
    Record(DataCopy, PERSON, "person", "copies", kept="person", plain="error", gone=True,
           shown="status asked_at ready_at expires_at"),
    Record(PurgeNotice, PERSON, "person", kept="person", plain="clock record_type", gone=True),
    Record(RetentionRule, plain="clock", searched=False),
    Record(Erasure, plain="clock promotion_code counts", searched=False),
)  # fmt: skip

REGISTER = Register(PURPOSES, RECORDS)
