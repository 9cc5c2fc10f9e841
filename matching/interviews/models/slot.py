"""The times of a panel, each for one audition."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from eig.french import dates
from matching.interviews.models.panel import Panel


class Slot(models.Model):
    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="slots")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    during = DateTimeRangeField("horaires")

    class Meta:
        verbose_name = "créneau"
        verbose_name_plural = "créneaux"
        constraints = [
            ExclusionConstraint(
                name="slots_of_a_panel_do_not_overlap",
                expressions=[("panel", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(during__isempty=False), name="a_slot_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.panel} – {dates.instant(self.during.lower)}"
