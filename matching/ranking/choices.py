"""States of a ranking."""

from django.db.models import TextChoices


class Status(TextChoices):
    """A candidate's ordered wishes.

    draft: may change; counts for nothing at the closing.
    certified: signed by its author, its content hashed; reopened, it is a draft again.
    """

    DRAFT = "draft", "À certifier"
    CERTIFIED = "certified", "Certifié"


class Cause(TextChoices):
    """Why a wish may be changed after the closing."""

    WITHDRAWN = "withdrawn", "Projet retiré"
    CHANGED = "changed", "Projet modifié"


class SnapshotReason(TextChoices):
    CLOSING = "closing", "Clôture des vœux"
    WITHDRAWAL = "withdrawal", "Retrait d’un projet"
    ADJUSTMENT = "adjustment", "Ajustement d’une liste"
