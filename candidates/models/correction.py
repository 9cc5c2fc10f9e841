"""What the programme team asks to set right in an application already handed in."""

from django.db import models
from django.db.models import Q

from candidates.models.application import Application
from eig.documents.models import Document
from eig.dossiers.choices import CorrectionStatus
from eig.dossiers.models import Correction as Asked


class Correction(Asked):
    DOSSIER = "application"

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="corrections")

    class Meta(Asked.Meta):
        abstract = False
        verbose_name = "complément demandé"
        constraints = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(status=CorrectionStatus.ASKED),
                name="one_correction_asked_at_a_time_application",
            ),
        ]


class CorrectionFile(models.Model):
    """A file sent in answer to a correction; `former` once it was replaced and left the dossier."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="files")
    question = models.CharField(max_length=50)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="correction_file")
    added_at = models.DateTimeField()
    former = models.BooleanField(default=False)

    class Meta:
        verbose_name = "pièce d’une correction"

    def __str__(self) -> str:
        return str(self.document)
