"""Who may sit on panels."""

from django.conf import settings
from django.db import models

from eig.juries.models import AnyJuror
from eig.promotions.models import Promotion


class Juror(AnyJuror):
    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="jurors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="juries")

    class Meta:
        verbose_name = "juré·e"
        constraints = [
            models.UniqueConstraint(fields=["promotion", "person"], name="one_juror_per_promotion")
        ]
