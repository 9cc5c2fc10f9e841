"""The panels, and who sits on them."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from eig.promotions.models import Promotion
from matching.interviews.models.juror import Juror


class Panel(models.Model):
    """A jury in a room over one stretch of time."""

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="panels")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("intitulé", max_length=80)
    room = models.CharField("salle", max_length=80)
    link = models.URLField("lien de visioconférence", max_length=300, blank=True)
    during = DateTimeRangeField("horaires")
    # A locked panel keeps its jurors and its auditions in every computed timetable.
    locked_at = models.DateTimeField("verrouillé le", null=True, blank=True)

    class Meta:
        verbose_name = "jury"
        verbose_name_plural = "jurys"
        constraints = [
            ExclusionConstraint(
                name="a_room_holds_one_panel_at_a_time",
                expressions=[
                    ("promotion", RangeOperators.EQUAL),
                    ("room", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(during__isempty=False), name="a_panel_lasts"),
        ]

    def __str__(self) -> str:
        return self.name


class PanelSeat(models.Model):
    """A juror on a panel; `during` repeats the panel's, so that the database can compare."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="seats")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="seats")
    is_referent = models.BooleanField("référent·e", default=False)
    during = DateTimeRangeField()
    told_at = models.DateTimeField("annoncé le", null=True, blank=True)

    class Meta:
        verbose_name = "siège"
        constraints = [
            models.UniqueConstraint(fields=["panel", "juror"], name="a_juror_sits_once_on_a_panel"),
            models.UniqueConstraint(
                fields=["panel"], condition=Q(is_referent=True), name="one_referent_per_panel"
            ),
            ExclusionConstraint(
                name="a_juror_sits_on_one_panel_at_a_time",
                expressions=[("juror", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror} – {self.panel}"
