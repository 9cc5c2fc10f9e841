"""A candidate heard for a project, and where."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q

from candidates.models import Application
from eig.juries.models import Announced, never_twice
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus, Round
from matching.interviews.models.slot import Slot
from projects.models import Project


class Audition(Announced):
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
    round = models.CharField("tour", max_length=10, choices=Round, default=Round.HAND)
    # A locked audition keeps its place in every computed timetable.
    locked_at = models.DateTimeField("verrouillée le", null=True, blank=True)
    slot = models.OneToOneField(
        Slot, on_delete=models.PROTECT, null=True, blank=True, related_name="audition"
    )
    during = DateTimeRangeField(null=True, blank=True)
    # What the candidate asks us to arrange; staff only, never shown to the jury.
    needs = models.TextField("aménagements souhaités", blank=True, max_length=1000)
    created_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True, blank=True)
    # Kept with each signature: sum of the signed totals on the common scale.
    cards_signed = models.PositiveSmallIntegerField(default=0)
    score = models.PositiveIntegerField("note (échelle commune)", null=True, blank=True)

    class Meta:
        verbose_name = "audition"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "project"],
                condition=~Q(status=AuditionStatus.CANCELLED),
                name="one_audition_per_candidate_and_project",
            ),
            models.CheckConstraint(
                condition=Q(slot__isnull=True, during__isnull=True)
                | Q(slot__isnull=False, during__isnull=False),
                name="a_placed_audition_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[AuditionStatus.PLACED, AuditionStatus.HEARD])
                | Q(slot__isnull=False),
                name="placed_and_heard_auditions_have_a_slot",
            ),
            never_twice(
                "a_candidate_is_heard_once_at_a_time",
                "application",
                but=Q(during__isnull=False) & ~Q(status=AuditionStatus.CANCELLED),
            ),
        ]
        indexes = [models.Index(fields=["project", "-score"], name="audition_standings")]

    def __str__(self) -> str:
        return f"audition {self.code.hex[:8]}"
