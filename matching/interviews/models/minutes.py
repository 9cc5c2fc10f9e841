"""The minutes of a panel: written from data, frozen by their hash, signed by those who sat."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from matching.interviews.choices import MinutesStatus
from matching.interviews.models.juror import Juror
from matching.interviews.models.panel import Panel


class Minutes(models.Model):
    """Frozen figures and fingerprints (a trigger holds them): people by number, texts by their hash.

    Names and texts are read beside, from the rows they belong to: a person may be erased, the proof stays.
    """

    LIFECYCLE: ClassVar = {MinutesStatus.FROZEN: {MinutesStatus.SIGNED}, MinutesStatus.SIGNED: set()}

    panel = models.OneToOneField(Panel, on_delete=models.PROTECT, related_name="minutes")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(max_length=10, choices=MinutesStatus, default=MinutesStatus.FROZEN)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "procès-verbal"
        verbose_name_plural = "procès-verbaux"
        constraints = [
            models.CheckConstraint(
                condition=Q(status=MinutesStatus.SIGNED, signed_at__isnull=False)
                | Q(status=MinutesStatus.FROZEN, signed_at__isnull=True),
                name="signed_minutes_are_dated",
            )
        ]

    def __str__(self) -> str:
        return f"procès-verbal {self.sha256[:8]}"


class MinutesSignature(models.Model):
    """A member of the panel signs, or the team says why they cannot."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="signatures")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="signatures")
    signed_at = models.DateTimeField()
    # Empty when the juror signs; else why somebody of the team says that they cannot.
    prevented = models.CharField("empêchement", max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "signature"
        constraints = [
            models.UniqueConstraint(fields=["minutes", "juror"], name="a_juror_signs_minutes_once")
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} – {self.minutes}"
