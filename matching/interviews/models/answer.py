"""What a juror answers: whether they come, on which half-days, which projects they are tied to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from matching.interviews.choices import InvitationStatus
from matching.interviews.models.juror import Juror
from matching.interviews.models.week import HalfDay
from projects.models import Project


class JuryInvitation(models.Model):
    """The question put to a juror by a personal link; only the hash of its token is kept."""

    LIFECYCLE: ClassVar = {
        InvitationStatus.SENT: {
            InvitationStatus.ACCEPTED,
            InvitationStatus.LIGHTER,
            InvitationStatus.DECLINED,
        },
        InvitationStatus.ACCEPTED: {InvitationStatus.LIGHTER, InvitationStatus.DECLINED},
        InvitationStatus.LIGHTER: {InvitationStatus.ACCEPTED, InvitationStatus.DECLINED},
        InvitationStatus.DECLINED: {InvitationStatus.ACCEPTED, InvitationStatus.LIGHTER},
    }

    juror = models.OneToOneField(Juror, on_delete=models.PROTECT, related_name="invitation")
    status = models.CharField(max_length=10, choices=InvitationStatus, default=InvitationStatus.SENT)
    token_hash = models.CharField(max_length=64, unique=True)
    # How many half-days are asked for, and how many the juror agrees to.
    half_days_asked = models.PositiveSmallIntegerField("demi-journées demandées", default=4)
    most_half_days = models.PositiveSmallIntegerField("demi-journées acceptées", default=0)
    comment = models.TextField("un mot à l’équipe", blank=True, max_length=500)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    times_sent = models.PositiveSmallIntegerField(default=1)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "invitation au jury"
        verbose_name_plural = "invitations au jury"
        constraints = [
            models.CheckConstraint(
                condition=Q(status=InvitationStatus.SENT) | Q(answered_at__isnull=False),
                name="jury_answers_are_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[InvitationStatus.ACCEPTED, InvitationStatus.LIGHTER])
                | Q(most_half_days__gte=1),
                name="whoever_accepts_gives_a_half_day",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation de {self.juror_id}"


class Availability(models.Model):
    """A half-day on which a juror is free."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="availabilities")
    half_day = models.ForeignKey(HalfDay, on_delete=models.CASCADE, related_name="availabilities")

    class Meta:
        verbose_name = "disponibilité"
        constraints = [
            models.UniqueConstraint(fields=["juror", "half_day"], name="a_juror_is_free_once_a_half_day")
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} – {self.half_day_id}"


class Tie(models.Model):
    """A juror tied to a project (employer, mentor…) hears nobody for it."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="ties")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="jury_ties")
    reason = models.CharField("motif", max_length=300)
    declared_at = models.DateTimeField()
    # Nobody when the juror answered by their link.
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "lien avec un projet"
        verbose_name_plural = "liens avec des projets"
        constraints = [
            models.UniqueConstraint(fields=["juror", "project"], name="one_tie_per_juror_and_project")
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} – {self.project_id}"
