"""The right to change one wish after the closing: its project was withdrawn, or is no longer what it was."""

import uuid

from django.db import models
from django.db.models import F, Q

from matching.ranking.choices import Cause
from matching.ranking.models.ranking import Ranking
from projects.models import Project


class Adjustment(models.Model):
    """For one certified list and one project, until an instant. The other wishes keep their order."""

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="adjustments")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="adjustments")
    cause = models.CharField("cause", max_length=10, choices=Cause)
    # What changed, in the words of the programme team.
    words = models.CharField("ce qui change", max_length=500, blank=True)
    # Where the wish stood.
    position = models.PositiveSmallIntegerField("rang")
    opened_at = models.DateTimeField()
    until = models.DateTimeField("jusqu’au")
    used_at = models.DateTimeField("ajustée le", null=True, blank=True)

    class Meta:
        verbose_name = "ajustement de vœux"
        verbose_name_plural = "ajustements de vœux"
        constraints = [
            models.UniqueConstraint(
                fields=["ranking", "project"], condition=Q(cause="withdrawn"), name="one_withdrawal_per_wish"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="an_adjustment_leaves_time"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__lte=F("until")), name="adjusted_in_time"
            ),
        ]

    def __str__(self) -> str:
        return f"ajustement {self.code.hex[:8]}"
