"""A timetable computed in a worker, kept with its question, its proof and what became of it."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from eig.jobs.models import Job, Queue
from eig.promotions.models import Promotion
from matching.interviews.choices import PlanKind, PlanStatus


class Plan(Job):
    """Never recomputed: another machine may find another plan, as good and different."""

    QUEUE = Queue(
        waiting=PlanStatus.QUEUED,
        running=PlanStatus.RUNNING,
        failed=PlanStatus.FAILED,
        lease=timedelta(minutes=2),
        pauses=(timedelta(seconds=10), timedelta(minutes=1)),
        ended_at="finished_at",
    )

    LIFECYCLE: ClassVar = {
        PlanStatus.QUEUED: {PlanStatus.RUNNING, PlanStatus.CANCELLED, PlanStatus.FAILED},
        PlanStatus.RUNNING: {PlanStatus.QUEUED, PlanStatus.READY, PlanStatus.CANCELLED, PlanStatus.FAILED},
        PlanStatus.READY: {PlanStatus.APPLIED, PlanStatus.DISCARDED},
        PlanStatus.APPLIED: set(),
        PlanStatus.CANCELLED: set(),
        PlanStatus.DISCARDED: set(),
        PlanStatus.FAILED: set(),
    }

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="plans")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=PlanKind, default=PlanKind.WEEK)
    status = models.CharField(max_length=10, choices=PlanStatus, default=PlanStatus.QUEUED)
    reason = models.CharField("motif", max_length=200, blank=True)
    # The question (`eig-matching/1`), what its ids are here, and the answer.
    instance = models.JSONField()
    instance_sha256 = models.CharField(max_length=64)
    keys = models.JSONField(default=dict)
    result = models.JSONField(null=True, blank=True)
    result_sha256 = models.CharField(max_length=64, blank=True)
    parameters = models.JSONField(default=dict)
    # What the search said: how many are placed, no plan places more than `bound`, whether that is proven.
    placed = models.PositiveSmallIntegerField("auditions placées", null=True, blank=True)
    bound = models.PositiveSmallIntegerField("au plus", null=True, blank=True)
    proven = models.BooleanField("optimum prouvé", default=False)
    cause = models.TextField("ce qui manque", blank=True)
    verdict = models.CharField("vérification indépendante", max_length=40, blank=True)
    verdict_sentence = models.CharField(max_length=300, blank=True)
    # The worker's side.
    progress = models.PositiveSmallIntegerField("avancement (%)", default=0)
    stage = models.CharField("étape", max_length=120, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "calcul d’emploi du temps"
        verbose_name_plural = "calculs d’emploi du temps"
        constraints = [
            models.UniqueConstraint(
                fields=["promotion"],
                condition=Q(status__in=[PlanStatus.QUEUED, PlanStatus.RUNNING]),
                name="one_timetable_under_way",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="plan_progress_is_a_percentage"),
            models.CheckConstraint(
                condition=~Q(status__in=[PlanStatus.READY, PlanStatus.APPLIED])
                | Q(result__isnull=False) & Q(verdict="ok"),
                name="a_ready_plan_was_accepted_by_the_checker",
            ),
            models.CheckConstraint(
                condition=~Q(status=PlanStatus.APPLIED)
                | Q(applied_at__isnull=False, applied_by__isnull=False),
                name="applied_plans_say_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["promotion", "-asked_at"], name="plan_by_promotion")]

    def __str__(self) -> str:
        return f"calcul {self.code.hex[:8]}"
