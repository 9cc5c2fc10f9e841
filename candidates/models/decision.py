"""What was decided of an application, prepared in a wave; unknown to its candidate before the wave."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candidates.choices import Outcome
from candidates.models.application import Application
from eig.waves.models import WaveDecision


class Decision(WaveDecision):
    """What becomes of an application.

    A place on the reserve is a published decision; a later wave may turn it into another one.
    """

    TARGET: ClassVar[str] = "application"

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField("décision", max_length=12, choices=Outcome)

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
