"""What was computed and signed when auditions were handed out: append-only."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from eig.promotions.models import Promotion
from matching.interviews.choices import Round


class Allocation(models.Model):
    """One round as a person of the team retained it: the question, the answer, the checker's verdict."""

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="allocations")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.CharField("tour", max_length=10, choices=Round)
    instance = models.JSONField()
    result = models.JSONField()
    sha256 = models.CharField(max_length=64)
    verdict = models.CharField(max_length=40)
    added = models.PositiveSmallIntegerField("auditions ou propositions ajoutées")
    retained_at = models.DateTimeField()
    retained_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "répartition"
        verbose_name_plural = "répartitions"
        constraints = [
            models.CheckConstraint(condition=Q(verdict="ok"), name="retained_rounds_were_accepted")
        ]
        indexes = [models.Index(fields=["promotion", "-retained_at"], name="allocation_by_promotion")]

    def __str__(self) -> str:
        return f"répartition {self.sha256[:8]}"
