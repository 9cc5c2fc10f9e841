"""The panels, and who sits on them."""

from django.db import models
from django.db.models import Q

from eig.juries.models import AnyPanel, AnySeat, never_twice
from eig.promotions.models import Promotion
from matching.interviews.models.juror import Juror


class Panel(AnyPanel):
    """A jury in a room over one stretch of time."""

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="panels")
    # A locked panel keeps its jurors and its auditions in every computed timetable.
    locked_at = models.DateTimeField("verrouillé le", null=True, blank=True)

    class Meta:
        verbose_name = "jury"
        verbose_name_plural = "jurys"
        constraints = [
            never_twice("a_room_holds_one_panel_at_a_time", "promotion", "room"),
            models.CheckConstraint(condition=Q(during__isempty=False), name="a_panel_lasts"),
            models.UniqueConstraint(fields=["id", "during"], name="hours_of_a_panel"),
        ]


class PanelSeat(AnySeat):
    """A juror on a panel."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="seats")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="seats")

    class Meta:
        verbose_name = "siège"
        constraints = [
            models.UniqueConstraint(fields=["panel", "juror"], name="a_juror_sits_once_on_a_panel"),
            models.UniqueConstraint(
                fields=["panel"], condition=Q(is_referent=True), name="one_referent_per_panel"
            ),
            never_twice("a_juror_sits_on_one_panel_at_a_time", "juror"),
        ]

    def __str__(self) -> str:
        return f"{self.juror} – {self.panel}"
