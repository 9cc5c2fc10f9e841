"""A reader's sheet on an application."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidates.models.application import Application
from eig.evaluation.models import Sheet


class Review(models.Model):
    """A reader in front of an application without names; the marks are on the sheet."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reviews")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="application_reviews"
    )
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="application_review")
    assigned_at = models.DateTimeField()
    # The reader declares having no conflict of interest before the content opens.
    cleared_at = models.DateTimeField("absence de conflit déclarée", null=True, blank=True)
    # Taken from the queue: the place is held until then; without a mark by then, it may go to somebody else.
    held_until = models.DateTimeField("place réservée jusqu’à", null=True, blank=True)
    # Read by every reader to tune the marks together; whether it then counts is the calibration's rule.
    calibration = models.BooleanField("lecture de calibrage", default=False)
    counts = models.BooleanField("compte dans la note", default=True)

    class Meta:
        verbose_name = "lecture"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reader", "calibration"], name="a_reader_reads_an_application_once"
            ),
            models.CheckConstraint(
                condition=Q(counts=True) | Q(calibration=True), name="only_calibrations_may_not_count"
            ),
        ]

    def __str__(self) -> str:
        return f"lecture de {self.application}"
