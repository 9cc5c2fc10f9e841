"""The few applications that every reader scores first, so that marks mean the same from one to the next."""

from django.conf import settings
from django.db import models

from candidates.models.application import Application
from eig.promotions.models import Promotion


class Calibration(models.Model):
    """The calibration of a promotion: one, opened with its two or three dossiers."""

    promotion = models.OneToOneField(
        Promotion, on_delete=models.CASCADE, related_name="application_calibration"
    )
    # If not, the same dossiers are read again, by the usual number of readers, once marks are tuned.
    counts = models.BooleanField("les notes de calibrage comptent", default=False)
    applications = models.ManyToManyField(
        Application, through="CalibrationDossier", related_name="calibrations"
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "calibrage"

    def __str__(self) -> str:
        return f"calibrage de {self.promotion}"


class CalibrationDossier(models.Model):
    calibration = models.ForeignKey(Calibration, on_delete=models.CASCADE, related_name="dossiers")
    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="calibration_dossier"
    )
    rank = models.PositiveSmallIntegerField("ordre")

    class Meta:
        verbose_name = "dossier de calibrage"
        verbose_name_plural = "dossiers de calibrage"
        constraints = [
            models.UniqueConstraint(fields=["calibration", "rank"], name="calibration_dossiers_in_order")
        ]

    def __str__(self) -> str:
        return str(self.application)
