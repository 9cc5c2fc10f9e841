"""What was decided of a project, prepared in a wave; unknown to its leads before the wave."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from eig.waves.models import WaveDecision
from projects.choices import Outcome
from projects.models.project import Project


class Decision(WaveDecision):
    """What becomes of a project. One of the reserve may be decided upon again, in a later wave."""

    TARGET: ClassVar[str] = "project"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField("décision", max_length=10, choices=Outcome)

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
