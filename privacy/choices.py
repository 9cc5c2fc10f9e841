"""States of a copy of one's data; why something was erased."""

from django.db.models import TextChoices


class CopyStatus(TextChoices):
    QUEUED = "queued", "En préparation"
    READY = "ready", "Prête"
    FAILED = "failed", "En échec"
    EXPIRED = "expired", "Supprimée"


class Cause(TextChoices):
    ASKED = "asked", "Demande de la personne"
    TERM = "term", "Fin de la durée de conservation"
    REPLAYED = "replayed", "Rejouée après une restauration"
