"""A reader's sheet on a project."""

from django.conf import settings
from django.db import models

from eig.evaluation.models import Sheet
from projects.models.project import Project


class Review(models.Model):
    """A reader in front of a project; the marks are on the sheet."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="reviews")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="project_reviews"
    )
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="project_review")
    assigned_at = models.DateTimeField()
    # The reader declares having no conflict before the content opens.
    cleared_at = models.DateTimeField("absence de conflit déclarée", null=True, blank=True)
    # Taken from the queue and not opened yet: until then nobody else takes this place, then it is given back.
    held_until = models.DateTimeField("place retenue jusqu’à", null=True, blank=True)

    class Meta:
        verbose_name = "lecture"
        constraints = [
            models.UniqueConstraint(fields=["project", "reader"], name="a_reader_reads_a_project_once")
        ]

    def __str__(self) -> str:
        return f"{self.reader} lit {self.project}"
