"""What was decided of an application, prepared in a wave; unknown to its candidate before the wave."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidates.choices import Outcome
from candidates.models.application import Application
from eig.promotions.models import Wave


class Decision(models.Model):
    """What becomes of an application: prepared, then published with its wave. Unseen before.

    A place on the reserve is a published decision; a later wave may turn it into another one.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="application_decisions")
    outcome = models.CharField("décision", max_length=12, choices=Outcome)
    reserve_rank = models.PositiveSmallIntegerField("rang en liste complémentaire", null=True, blank=True)
    reason = models.TextField("motif communiqué", max_length=4000)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "décision de présélection"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="application_decision_gives_a_reason"),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(published_at__isnull=True),
                name="one_awaited_decision_per_application",
            ),
            models.UniqueConstraint(
                fields=["application", "wave"], name="one_decision_per_application_and_wave"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.RESERVED) | Q(reserve_rank__isnull=True),
                name="only_reserved_applications_have_a_rank",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} : {self.get_outcome_display()}"
