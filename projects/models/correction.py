"""What the programme team asks to set right in a project already handed in."""

from django.db import models
from django.db.models import Q

from eig.dossiers.choices import CorrectionStatus
from eig.dossiers.models import Correction as Asked
from projects.models.project import Project


class Correction(Asked):
    DOSSIER = "project"

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="corrections")

    class Meta(Asked.Meta):
        abstract = False
        verbose_name = "correction demandée"
        constraints = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(status=CorrectionStatus.ASKED),
                name="one_correction_asked_at_a_time_project",
            ),
        ]
