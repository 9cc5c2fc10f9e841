"""A juror's own sheet on an audition."""

from django.db import models

from eig.evaluation.models import Sheet
from matching.interviews.models.audition import Audition
from matching.interviews.models.juror import Juror


class Scorecard(models.Model):
    """One juror's card for one audition; the marks are on the sheet."""

    audition = models.ForeignKey(Audition, on_delete=models.PROTECT, related_name="scorecards")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="scorecards")
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="scorecard")

    class Meta:
        verbose_name = "fiche de notation"
        constraints = [
            models.UniqueConstraint(fields=["audition", "juror"], name="one_card_per_juror_and_audition")
        ]

    def __str__(self) -> str:
        return f"{self.juror} – {self.audition}"
