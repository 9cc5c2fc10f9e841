"""Who may sit on panels."""

import uuid

from django.conf import settings
from django.db import models

from eig.promotions.models import Promotion
from matching.interviews.choices import JurorType


class Juror(models.Model):
    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="jurors")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="juries")
    type = models.CharField("qualité", max_length=10, choices=JurorType)
    organisation = models.CharField("organisme", max_length=160, blank=True)
    appointed_at = models.DateTimeField()

    class Meta:
        verbose_name = "juré·e"
        constraints = [
            models.UniqueConstraint(fields=["promotion", "person"], name="one_juror_per_promotion")
        ]

    def __str__(self) -> str:
        return str(self.person)
