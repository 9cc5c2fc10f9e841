"""What the team said of two applications that look alike."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from candidates.choices import Ruling
from candidates.models.application import Application
from eig.promotions.models import Promotion


class DuplicateRuling(models.Model):
    """Two applications compared, once: kept both for a reason, or one set aside."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="duplicate_rulings")
    first = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    ruling = models.CharField("conclusion", max_length=12, choices=Ruling)
    reason = models.CharField("motif", max_length=500)
    ruled_at = models.DateTimeField()
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "conclusion sur un doublon"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_applications_are_ruled_once"),
            models.CheckConstraint(
                condition=Q(first_id__lt=F("second_id")), name="the_older_application_comes_first"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_duplicate_ruling_gives_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} et {self.second_id}"
