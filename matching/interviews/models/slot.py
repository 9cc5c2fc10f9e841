"""The times of a panel, each for one audition."""

import uuid

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Deferrable, Q

from eig.french import dates
from eig.juries.models import never_twice
from matching.interviews.models.panel import Panel


class Slot(models.Model):
    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="slots")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    during = DateTimeRangeField("horaires")

    class Meta:
        verbose_name = "créneau"
        verbose_name_plural = "créneaux"
        constraints = [
            never_twice("slots_of_a_panel_do_not_overlap", "panel", deferrable=Deferrable.IMMEDIATE),
            models.CheckConstraint(condition=Q(during__isempty=False), name="a_slot_lasts"),
            models.UniqueConstraint(fields=["id", "during"], name="hours_of_a_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.panel} – {dates.instant(self.during.lower)}"
