"""What was decided of an application, prepared in a wave; unknown to its candidate before the wave."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidates.choices import Outcome
from candidates.models.application import Application
from eig.promotions.models import Wave


class Decision(models.Model):
    """What becomes of an application: prepared, then published with its wave. Unseen before."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="decision")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="application_decisions")
    outcome = models.CharField("décision", max_length=12, choices=Outcome)
    reason = models.TextField("motif communiqué", max_length=4000)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "décision de présélection"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="application_decision_gives_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.application} : {self.get_outcome_display()}"
