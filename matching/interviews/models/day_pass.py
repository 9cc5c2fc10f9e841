"""How an outside juror comes in, for one day."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from eig.french import dates
from matching.interviews.models.juror import Juror


class DayPass(models.Model):
    """How an outside juror comes in for one day: a link, then a code, by mail. Only hashes are kept."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="day_passes")
    day = models.DateField("journée")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opens_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    # Wrong codes since the last one was sent.
    tries = models.PositiveSmallIntegerField(default=0)
    entered_at = models.DateTimeField("dernière entrée", null=True, blank=True)

    class Meta:
        verbose_name = "accès à la journée"
        verbose_name_plural = "accès à la journée"
        constraints = [
            models.UniqueConstraint(
                fields=["juror", "day"],
                condition=Q(revoked_at__isnull=True),
                name="one_live_day_pass_per_juror",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("opens_at")), name="a_day_pass_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return f"accès de {self.juror_id}, {dates.day(self.day)}"
