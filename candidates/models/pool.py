"""The talent pool: people who asked to hear of the next calls. Being in it is a consent with an end date."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from candidates.models.application import Application
from eig.promotions.models import Programme


class PoolMember(models.Model):
    """A row is a consent; leaving or expiring deletes it, only the journal remembers that it was."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="pool")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pool_memberships"
    )
    # Where the trades and the years were told; the pool keeps no other part of the dossier.
    application = models.ForeignKey(Application, on_delete=models.SET_NULL, null=True, related_name="+")
    trades = ArrayField(models.CharField(max_length=80), default=list, blank=True, verbose_name="métiers")
    expertise = models.CharField("expertise", max_length=200, blank=True)
    experience_years = models.PositiveSmallIntegerField("années d’expérience", null=True, blank=True)
    joined_at = models.DateTimeField("consentement donné le")
    expires_on = models.DateField("fin du consentement")

    class Meta:
        verbose_name = "membre du vivier"
        constraints = [
            models.UniqueConstraint(fields=["programme", "person"], name="one_pool_membership_per_programme"),
            models.CheckConstraint(
                condition=Q(experience_years__isnull=True) | Q(experience_years__lte=60),
                name="pool_experience_is_a_working_life",
            ),
        ]
        indexes = [models.Index(fields=["programme", "expires_on"], name="pool_by_end")]

    def __str__(self) -> str:
        return f"vivier {self.code.hex[:8]}"
