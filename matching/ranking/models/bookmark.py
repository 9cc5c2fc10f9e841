"""A project a candidate keeps aside while they hesitate. Theirs alone: nobody else reads it."""

from django.db import models

from candidates.models import Application
from projects.models import Project


class Bookmark(models.Model):
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="bookmarks")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="bookmarks")
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = "défi mis de côté"
        verbose_name_plural = "défis mis de côté"
        constraints = [
            models.UniqueConstraint(fields=["application", "project"], name="a_project_is_kept_aside_once")
        ]

    def __str__(self) -> str:
        return f"{self.project_id} mis de côté"
