"""How long each kind of data is kept by a promotion, and who was warned that its end comes."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from eig.french import dates
from eig.promotions.models import Promotion


class RetentionRule(models.Model):
    """The length a promotion (or, without one, the service) chose for a clock; none: the clock's own."""

    promotion = models.ForeignKey(
        Promotion, on_delete=models.CASCADE, null=True, blank=True, related_name="retention_rules"
    )
    clock = models.SlugField("durée", max_length=40)
    months = models.PositiveSmallIntegerField("mois", validators=[MaxValueValidator(120)])

    class Meta:
        verbose_name = "durée de conservation"
        verbose_name_plural = "durées de conservation"
        constraints = [
            models.UniqueConstraint(
                fields=["promotion", "clock"], nulls_distinct=False, name="one_length_per_clock"
            ),
            models.CheckConstraint(condition=Q(months__lte=120), name="nothing_is_kept_for_ever"),
        ]

    def __str__(self) -> str:
        return f"{self.clock} : {self.months} mois"


class PurgeNotice(models.Model):
    """A person was told that a record of theirs will be erased.

    If its clock starts again, the notice is void.
    """

    clock = models.SlugField(max_length=40)
    record_type = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    # The day from which the time was counted when the person was told.
    started_on = models.DateField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    told_on = models.DateField("prévenu·e le")
    due_on = models.DateField("effacement prévu le")

    class Meta:
        verbose_name = "préavis d’effacement"
        verbose_name_plural = "préavis d’effacement"
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "record_type", "record_id", "started_on"], name="told_once_of_each_term"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clock} : {dates.day(self.due_on)}"
