"""States of a file and of a print."""

from django.db.models import TextChoices


class FileStatus(TextChoices):
    """A file of our storage.

    pending: in quarantine: nobody downloads it before it is checked and rebuilt.
    clean: checked; those who may see it download it.
    refused: kept out; its sender knows why.
    """

    PENDING = "pending", "Vérification en cours"
    CLEAN = "clean", "Vérifié"
    REFUSED = "refused", "Refusé"


class PrintStatus(TextChoices):
    QUEUED = "queued", "En attente"
    RUNNING = "running", "En préparation"
    READY = "ready", "Prêt"
    FAILED = "failed", "En échec"


UNREADABLE = "Ce fichier n’a pas pu être vérifié. Exportez-le de nouveau en PDF, puis déposez-le à nouveau."
