"""Files: those the person sent, those made for them.

Documents about somebody follow them; their files too.
"""

from eig.documents.models import Document, Extract, Print
from eig.personal import PERSON, Purpose, Record, Register

FILE = "owner name file"

PURPOSES = (
    Purpose(
        code="files",
        title="Vos fichiers",
        why="Lire les pièces que vous avez jointes, vous remettre les documents faits pour vous.",
        seen_by="vous, l’équipe du programme, les personnes chargées d’examiner votre dossier",
        kept="aussi longtemps que le dossier auquel ils sont joints",
        erasure="Fichiers, aperçus et textes extraits sont supprimés aussitôt.",
    ),
)

RECORDS = (
    Record(Print, kept="asked_by title", plain="kind error"),
    Record(Extract, PERSON, "document__owner", kept="text", gone=True, searched=False),
    Record(Document, PERSON, "owner", "files", kept=FILE, plain="media_type refusal error sha256", gone=True,
           shown="name media_type size created_at file", title="Fichier"),
)  # fmt: skip

REGISTER = Register(PURPOSES, RECORDS)
