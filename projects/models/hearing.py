"""Project juries: who sits, in which room over which half-day, which projects they hear and what they think.

A room, a juror, a project are never in two places at once: the database says so. Seats repeat the hours of
their group by a foreign key that follows them; hearings lie within them (see the migrations).
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Deferrable, Q

from eig.evaluation.models import Sheet
from eig.juries.models import Announced, AnyHalfDay, AnyJuror, AnyPanel, AnySeat, never_twice
from eig.promotions.models import Promotion
from projects.choices import HearingStatus
from projects.models.project import Project


class HearingHalfDay(AnyHalfDay):
    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="hearing_half_days")

    class Meta(AnyHalfDay.Meta):
        verbose_name = "demi-journée des jurys de projets"
        verbose_name_plural = "demi-journées des jurys de projets"
        constraints = [
            never_twice("half_days_of_hearings_do_not_overlap", "promotion"),
            models.CheckConstraint(condition=Q(during__isempty=False), name="a_half_day_of_hearings_lasts"),
        ]


class HearingJuror(AnyJuror):
    """A person who may sit in a project jury of a promotion."""

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="hearing_jurors")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="project_juries"
    )

    class Meta:
        verbose_name = "membre d’un jury de projets"
        constraints = [
            models.UniqueConstraint(fields=["promotion", "person"], name="one_project_juror_per_promotion")
        ]


class HearingAbsence(models.Model):
    """A half-day when a juror cannot come."""

    juror = models.ForeignKey(HearingJuror, on_delete=models.CASCADE, related_name="absences")
    half_day = models.ForeignKey(HearingHalfDay, on_delete=models.CASCADE, related_name="absences")

    class Meta:
        verbose_name = "absence d’un membre de jury"
        verbose_name_plural = "absences des membres de jurys"
        constraints = [
            models.UniqueConstraint(fields=["juror", "half_day"], name="a_juror_is_away_once_a_half_day")
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} – {self.half_day_id}"


class HearingGroup(AnyPanel):
    """A jury in a room over a half-day."""

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="hearing_groups")
    # Why the automatic proposal made it so; empty when made by hand.
    explanation = models.TextField(blank=True)

    class Meta:
        verbose_name = "jury de projets"
        verbose_name_plural = "jurys de projets"
        constraints = [
            never_twice(
                "a_room_holds_one_project_jury_at_a_time",
                "promotion",
                "room",
                deferrable=Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(condition=Q(during__isempty=False), name="a_project_jury_lasts"),
            models.UniqueConstraint(fields=["id", "during"], name="hours_of_a_project_jury"),
        ]


class HearingSeat(AnySeat):
    """A juror in a group; `during` follows the group's."""

    group = models.ForeignKey(HearingGroup, on_delete=models.CASCADE, related_name="seats")
    juror = models.ForeignKey(HearingJuror, on_delete=models.PROTECT, related_name="seats")

    class Meta:
        verbose_name = "siège d’un jury de projets"
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(is_referent=True), name="one_referent_per_project_jury"
            ),
            never_twice("a_project_juror_sits_once_at_a_time", "juror", deferrable=Deferrable.IMMEDIATE),
        ]

    def __str__(self) -> str:
        return f"{self.juror} – {self.group}"


class Hearing(Announced):
    """A project before a jury: read in silence, pitched, questioned, deliberated; one grid for the group."""

    LIFECYCLE: ClassVar = {
        HearingStatus.PLANNED: {HearingStatus.HEARD, HearingStatus.ABSENT, HearingStatus.CANCELLED},
        HearingStatus.HEARD: set(),
        HearingStatus.ABSENT: {HearingStatus.CANCELLED},
        HearingStatus.CANCELLED: set(),
    }

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="hearings")
    group = models.ForeignKey(HearingGroup, on_delete=models.PROTECT, related_name="hearings")
    status = models.CharField(max_length=10, choices=HearingStatus, default=HearingStatus.PLANNED)
    during = DateTimeRangeField("horaires")
    # The collective grid, filled and signed by the référent.
    sheet = models.OneToOneField(
        Sheet, on_delete=models.PROTECT, null=True, blank=True, related_name="project_hearing"
    )
    # 1 is the project that the group puts first among those it heard.
    rank = models.PositiveSmallIntegerField("rang donné par le jury", null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "audition de projet"
        verbose_name_plural = "auditions de projets"
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=~Q(status=HearingStatus.CANCELLED),
                name="a_project_is_heard_once",
            ),
            never_twice(
                "a_project_jury_hears_one_project_at_a_time",
                "group",
                but=~Q(status=HearingStatus.CANCELLED),
                deferrable=Deferrable.IMMEDIATE,
            ),
            never_twice(
                "a_project_is_in_one_room_at_a_time",
                "project",
                but=~Q(status=HearingStatus.CANCELLED),
                deferrable=Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(condition=Q(during__isempty=False), name="a_project_hearing_lasts"),
            models.UniqueConstraint(
                fields=["group", "rank"],
                condition=Q(rank__isnull=False),
                name="one_project_per_rank_in_a_jury",
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | Q(rank__gte=1), name="ranks_of_a_jury_start_at_one"
            ),
            models.CheckConstraint(
                condition=~Q(status=HearingStatus.HEARD) | Q(heard_at__isnull=False),
                name="heard_projects_are_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} – {self.group}"


class HearingClearance(models.Model):
    """A juror says they have no tie with a project: its dossier opens."""

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="clearances")
    juror = models.ForeignKey(HearingJuror, on_delete=models.CASCADE, related_name="clearances")
    cleared_at = models.DateTimeField()

    class Meta:
        verbose_name = "absence de conflit déclarée"
        constraints = [
            models.UniqueConstraint(fields=["hearing", "juror"], name="one_clearance_per_juror_and_hearing")
        ]

    def __str__(self) -> str:
        return f"{self.juror} – {self.hearing}"
