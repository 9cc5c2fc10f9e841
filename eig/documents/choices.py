"""States of a file and of a print."""

from django.db.models import TextChoices


class FileStatus(TextChoices):
    PENDING = "pending", "Vérification en cours"
    CLEAN = "clean", "Vérifié"
    REFUSED = "refused", "Refusé"


class PrintStatus(TextChoices):
    QUEUED = "queued", "En attente"
    RUNNING = "running", "En préparation"
    READY = "ready", "Prêt"
    FAILED = "failed", "En échec"
