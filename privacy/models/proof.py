"""What was erased, when, how much: never of whom."""

import uuid

from django.db import models

from eig.french import dates
from privacy.choices import Cause


class Erasure(models.Model):
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cause = models.CharField("motif", max_length=10, choices=Cause)
    # The clock that rang; empty when the person asked.
    clock = models.SlugField("durée", max_length=40, blank=True)
    # Not a foreign key: the proof outlives the promotion.
    promotion_code = models.CharField("promotion", max_length=50, blank=True)
    done_on = models.DateField("le")
    subjects = models.PositiveIntegerField("dossiers ou comptes")
    # How many rows of each model were emptied or deleted.
    counts = models.JSONField("lignes", default=dict)
    files = models.PositiveIntegerField("fichiers", default=0)

    class Meta:
        verbose_name = "effacement"
        indexes = [models.Index(fields=["-done_on", "-id"], name="erasure_latest")]

    def __str__(self) -> str:
        return f"effacement du {dates.day(self.done_on)}"
