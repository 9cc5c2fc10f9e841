"""A preselected candidate's wishes: up to five published projects in order, certified before the deadline."""

from typing import ClassVar

from django.db import models
from django.db.models import Deferrable, Q

from candidates.models import Application
from matching.ranking.choices import Status
from projects.models import Project


class Ranking(models.Model):
    LIFECYCLE: ClassVar = {
        Status.DRAFT: {Status.CERTIFIED},
        # Until the deadline, the candidate may change their mind.
        Status.CERTIFIED: {Status.DRAFT},
    }

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="ranking")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)
    accepts_other_project = models.BooleanField("accepte une audition pour un autre projet", default=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    certified_at = models.DateTimeField(null=True, blank=True)
    # Of the ordered list at certification: the receipt.
    content_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "vœux"
        verbose_name_plural = "vœux"
        constraints = [
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT, certified_at__isnull=True, content_sha256="")
                | Q(status=Status.CERTIFIED, certified_at__isnull=False) & ~Q(content_sha256=""),
                name="certified_rankings_are_dated_and_hashed",
            )
        ]

    def __str__(self) -> str:
        return f"vœux de {self.application_id}"


class Choice(models.Model):
    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="choices")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="choices")
    position = models.PositiveSmallIntegerField("rang")
    reason = models.CharField("ce qui vous attire", max_length=500, blank=True)

    class Meta:
        verbose_name = "vœu"
        constraints = [
            # Deferrable: two wishes swap their places inside one transaction.
            models.UniqueConstraint(
                fields=["ranking", "position"], name="one_wish_per_position", deferrable=Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["ranking", "project"], name="no_project_ranked_twice"),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=5), name="up_to_five_wishes"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.project_id}"
