"""Jurors, panels, slots, auditions, scorecards. Nobody is in two places at once: the database says so."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from candidates.models import Application
from eig.evaluation.models import Sheet
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus, JurorType
from projects.models import Project


class Juror(models.Model):
    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="jurors")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="juries")
    type = models.CharField("qualité", max_length=10, choices=JurorType)
    organisation = models.CharField("organisme", max_length=160, blank=True)
    appointed_at = models.DateTimeField()

    class Meta:
        verbose_name = "juré·e"
        constraints = [
            models.UniqueConstraint(fields=["promotion", "person"], name="one_juror_per_promotion")
        ]

    def __str__(self) -> str:
        return str(self.person)


class Panel(models.Model):
    """A jury in a room over one stretch of time."""

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="panels")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("intitulé", max_length=80)
    room = models.CharField("salle", max_length=80)
    link = models.URLField("lien de visioconférence", max_length=300, blank=True)
    during = DateTimeRangeField("horaires")

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
        return f"{self.panel} – {self.during}"


class Audition(models.Model):
    """One candidate heard for one project."""

    LIFECYCLE: ClassVar = {
        AuditionStatus.PLANNED: {AuditionStatus.PLACED, AuditionStatus.CANCELLED},
        AuditionStatus.PLACED: {
            AuditionStatus.PLANNED,
            AuditionStatus.HEARD,
            AuditionStatus.ABSENT,
            AuditionStatus.CANCELLED,
        },
        AuditionStatus.HEARD: set(),
        AuditionStatus.ABSENT: {AuditionStatus.PLANNED},
        AuditionStatus.CANCELLED: set(),
    }

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="auditions")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="auditions")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="auditions")
    status = models.CharField(max_length=10, choices=AuditionStatus, default=AuditionStatus.PLANNED)
    slot = models.OneToOneField(
        Slot, on_delete=models.PROTECT, null=True, blank=True, related_name="audition"
    )
    during = DateTimeRangeField(null=True, blank=True)
    # What the candidate asks us to arrange; staff only, never shown to the jury.
    needs = models.TextField("aménagements souhaités", blank=True, max_length=1000)
    created_at = models.DateTimeField()
    # When the candidate was told of a time; before, nothing shows. Then each change is told, and numbered
    # for calendars.
    told_at = models.DateTimeField("annoncée le", null=True, blank=True)
    sequence = models.PositiveSmallIntegerField("changements annoncés", default=0)
    heard_at = models.DateTimeField(null=True, blank=True)
    # Kept with each signature: sum of the signed totals on the common scale.
    cards_signed = models.PositiveSmallIntegerField(default=0)
    score = models.PositiveIntegerField("note (échelle commune)", null=True, blank=True)

    class Meta:
        verbose_name = "audition"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "project"],
                condition=~Q(status="cancelled"),
                name="one_audition_per_candidate_and_project",
            ),
            models.CheckConstraint(
                condition=Q(slot__isnull=True, during__isnull=True)
                | Q(slot__isnull=False, during__isnull=False),
                name="a_placed_audition_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["placed", "heard"]) | Q(slot__isnull=False),
                name="placed_and_heard_auditions_have_a_slot",
            ),
            ExclusionConstraint(
                name="a_candidate_is_heard_once_at_a_time",
                expressions=[("application", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(during__isnull=False) & ~Q(status="cancelled"),
            ),
        ]
        indexes = [models.Index(fields=["project", "-score"], name="audition_standings")]

    def __str__(self) -> str:
        return f"audition {self.code.hex[:8]}"


class Scorecard(models.Model):
    """One juror's card for one audition; the marks are on the sheet."""

    audition = models.ForeignKey(Audition, on_delete=models.PROTECT, related_name="scorecards")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="scorecards")
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="scorecard")

    class Meta:
        verbose_name = "fiche de notation"
        constraints = [
            models.UniqueConstraint(fields=["audition", "juror"], name="one_card_per_juror_and_audition")
        ]

    def __str__(self) -> str:
        return f"{self.juror} – {self.audition}"
