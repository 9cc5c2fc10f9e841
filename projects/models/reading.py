"""A reader's sheet on a project."""

from django.db import models

from eig.evaluation.choices import Stage
from eig.evaluation.models import Reading, ReadingKind
from eig.promotions.choices import PhaseKind
from projects.choices import Status
from projects.models.project import Project


class Review(Reading):
    KIND = ReadingKind(
        dossier="project",
        stage=Stage.PROJECT_READING,
        phase=PhaseKind.PROJECT_REVIEW,
        being_read=Status.ELIGIBLE,
        decided_by="decisions",
        required="readers_per_project",
        writer="leads__person",
        related=("project__administration",),
        this="ce projet",
        none="Aucun projet",
        several="les projets",
        own="{reader} porte ce projet et ne peut pas le lire.",
        staff_page="projects:staff_project_detail",
        readable="Seul un projet recevable, et pas encore décidé, se donne à lire.",
    )

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="reviews")

    class Meta(Reading.Meta):
        abstract = False
        verbose_name = "lecture"
        constraints = [
            models.UniqueConstraint(fields=["project", "reader"], name="a_reader_reads_a_project_once")
        ]

    def __str__(self) -> str:
        return f"{self.reader} lit {self.project}"
