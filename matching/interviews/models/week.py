"""The week of auditions before anyone is placed: its rules, its half-days."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from eig.juries.models import AnyHalfDay, never_twice
from eig.promotions.models import Promotion


def balanced_panel() -> dict[str, int]:
    return {"agent": 1, "dinum": 1, "outside": 1}


def four_rooms() -> list[str]:
    return ["Salle 1", "Salle 2", "Salle 3", "Salle 4"]


def four_steps() -> list[list[str | int]]:
    """An audition as EIG 4 held it: the jury alone, the pitch, the questions, the deliberation."""
    return [["Le jury seul", 10], ["Présentation", 5], ["Questions", 15], ["Délibération", 10]]


class AuditionRules(models.Model):
    """How many people are heard for each place, by how many jurors of each type, in which rooms."""

    promotion = models.OneToOneField(Promotion, on_delete=models.PROTECT, related_name="audition_rules")
    per_place = models.PositiveSmallIntegerField(
        "auditions par place", default=4, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    least_per_place = models.PositiveSmallIntegerField("auditions souhaitables par place", default=2)
    most_each = models.PositiveSmallIntegerField(
        "auditions par personne, au plus", default=2, validators=[MinValueValidator(1), MaxValueValidator(2)]
    )
    pause_minutes = models.PositiveSmallIntegerField("pause entre deux auditions (minutes)", default=0)
    # Names of the rooms that run in parallel, the first ones filled first.
    rooms = models.JSONField("salles", default=four_rooms)
    # Type of juror to number of them on every panel.
    panel = models.JSONField("composition d’un jury", default=balanced_panel)
    # What an audition is made of, in order: [words, minutes]. The room's timer follows it.
    steps = models.JSONField("déroulé d’une audition", default=four_steps)

    class Meta:
        verbose_name = "règles des auditions"
        verbose_name_plural = "règles des auditions"
        constraints = [
            models.CheckConstraint(
                condition=Q(per_place__gte=1, most_each__gte=1, most_each__lte=2),
                name="auditions_are_given_by_place",
            ),
            models.CheckConstraint(
                condition=Q(least_per_place__lte=F("per_place")), name="no_more_wished_than_given"
            ),
        ]

    def __str__(self) -> str:
        return f"règles des auditions de {self.promotion_id}"


class HalfDay(AnyHalfDay):
    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="half_days")

    class Meta(AnyHalfDay.Meta):
        constraints = [
            never_twice("half_days_do_not_overlap", "promotion"),
            models.CheckConstraint(condition=Q(during__isempty=False), name="a_half_day_lasts"),
        ]
