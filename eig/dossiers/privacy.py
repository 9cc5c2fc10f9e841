"""Forms hold nothing personal; the former wordings of a dossier belong to its subject."""

from eig.dossiers.models import Form, Question, Revision, Section
from eig.personal import APPLICATION, PROJECT, Record, Register

_BEFORE = "dossier_type question tab"

RECORDS = (
    Record(Form, plain="title introduction", searched=False),
    Record(Section, plain="code title introduction", searched=False),
    Record(Question, plain="code label help required_if options", searched=False),
    Record(Revision, APPLICATION, generic=("dossier_type", "dossier_id"), kept="by before", plain=_BEFORE,
           gone=True),
    Record(Revision, PROJECT, generic=("dossier_type", "dossier_id"), kept="by before", plain=_BEFORE,
           gone=True),
)  # fmt: skip

REGISTER = Register(records=RECORDS)
