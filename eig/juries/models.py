"""One row per person and promotion: they apply, or they judge."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from eig.juries.choices import Duty, Stand
from eig.promotions.models import Promotion


class Side(models.Model):
    """Where a person stands in a promotion (règlement, art. 3): never on both sides, whoever comes first.

    Written when an application is handed in and when somebody is appointed to read or to sit: of two deeds at
    the same moment, the second waits for the first on the constraint, and is refused.
    """

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="sides")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sides")
    stand = models.CharField("côté", max_length=10, choices=Stand)
    # Why a person judges: the row goes with the last of them.
    duties = ArrayField(models.CharField(max_length=20, choices=Duty), default=list, blank=True)
    since = models.DateTimeField()

    class Meta:
        verbose_name = "côté d’une personne"
        verbose_name_plural = "côtés des personnes"
        constraints = [
            models.UniqueConstraint(fields=["promotion", "person"], name="nobody_applies_and_judges"),
            models.CheckConstraint(
                condition=Q(stand="applies", duties=[]) | (Q(stand="judges") & ~Q(duties=[])),
                name="whoever_judges_has_a_duty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_stand_display()}"
