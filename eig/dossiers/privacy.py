"""Forms hold nothing personal; the former wordings of a dossier belong to its subject."""

from eig.dossiers.models import Form, Question, Revision, Section
from eig.personal import APPLICATION, PROJECT, Record, Register

_BEFORE = ("dossier_type", "question", "tab")

REGISTER = Register(
    records=(
        Record(model=Form, plain=("title", "introduction"), searched=False),
        Record(model=Section, plain=("code", "title", "introduction"), searched=False),
        Record(
            model=Question,
            plain=("code", "label", "help", "required_if", "options"),
            searched=False,
        ),
        Record(
            model=Revision,
            subject=APPLICATION,
            generic=("dossier_type", "dossier_id"),
            kept=("by", "before"),
            plain=_BEFORE,
            gone=True,
        ),
        Record(
            model=Revision,
            subject=PROJECT,
            generic=("dossier_type", "dossier_id"),
            kept=("by", "before"),
            plain=_BEFORE,
            gone=True,
        ),
    ),
)
