"""What was decided of a project, prepared in a wave; unknown to its leads before the wave."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from eig.promotions.models import Wave
from projects.choices import Outcome
from projects.models.project import Project


class Decision(models.Model):
    """What becomes of a project: prepared, then published with its wave. Unseen before.

    A project of the reserve may be decided upon again, in a later wave.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="decisions")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="project_decisions")
    outcome = models.CharField("décision", max_length=10, choices=Outcome)
    reserve_rank = models.PositiveSmallIntegerField("rang en liste complémentaire", null=True, blank=True)
    reason = models.TextField("motif communiqué", max_length=4000)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "décision sur un projet"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="project_decision_gives_a_reason"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.RESERVE, reserve_rank__gte=1)
                | ~Q(outcome=Outcome.RESERVE) & Q(reserve_rank__isnull=True),
                name="the_reserve_is_ranked",
            ),
            models.UniqueConstraint(
                fields=["wave", "reserve_rank"],
                condition=Q(reserve_rank__isnull=False),
                name="one_project_per_reserve_rank",
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(published_at__isnull=True),
                name="one_decision_awaited_per_project",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} : {self.get_outcome_display()}"
