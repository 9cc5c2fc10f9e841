"""The ten months: members of teams, those around them, their weekly bulletins; then alumni."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cohorts.choices import CompanionRole, MemberStatus, Mood
from eig.french import dates
from eig.promotions.models import Promotion
from matching.teams.models import Offer, Team


class Member(models.Model):
    """An EIG: someone whose accepted offer became a mission."""

    LIFECYCLE: ClassVar = {
        MemberStatus.ACTIVE: {MemberStatus.COMPLETED, MemberStatus.LEFT},
        MemberStatus.COMPLETED: set(),
        MemberStatus.LEFT: set(),
    }

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="members")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="member")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="missions")
    trade = models.CharField("métier", max_length=80)
    status = models.CharField(max_length=10, choices=MemberStatus, default=MemberStatus.ACTIVE)
    # Net euros a month, fixed by the promotion's grid when the mission opens.
    net_pay = models.PositiveIntegerField("rémunération nette mensuelle (€)")
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin prévue")
    ended_on = models.DateField("fin réelle", null=True, blank=True)

    class Meta:
        verbose_name = "EIG"
        constraints = [
            models.UniqueConstraint(fields=["promotion", "person"], name="one_mission_per_promotion"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="a_mission_lasts"),
            models.CheckConstraint(
                condition=Q(status=MemberStatus.ACTIVE) | Q(ended_on__isnull=False),
                name="ended_missions_are_dated",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def concerned_id(self) -> int:
        return self.person_id


class Companion(models.Model):
    """Someone beside a team: coach, mentor, sponsor, godparent."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="companions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="companionships"
    )
    role = models.CharField("rôle", max_length=10, choices=CompanionRole)
    since = models.DateField("depuis")

    class Meta:
        verbose_name = "accompagnant·e"
        constraints = [
            models.UniqueConstraint(fields=["team", "person", "role"], name="one_companion_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"


class Bulletin(models.Model):
    """A team's week in one minute: mood, priority, what worked, what was hard, help needed."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="bulletins")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The Monday of the week told.
    week = models.DateField("semaine du")
    mood = models.CharField("état d’esprit", max_length=10, choices=Mood)
    priority = models.CharField("priorité de la semaine", max_length=500)
    worked = models.TextField("ce qui a fonctionné", max_length=1500, blank=True)
    hard = models.TextField("ce qui a été difficile", max_length=1500, blank=True)
    help = models.TextField("besoin d’aide", max_length=1500, blank=True)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bulletins")

    class Meta:
        verbose_name = "bulletin"
        constraints = [
            models.UniqueConstraint(fields=["team", "week"], name="one_bulletin_per_team_and_week"),
            models.CheckConstraint(condition=Q(week__iso_week_day=1), name="a_week_starts_on_monday"),
        ]
        indexes = [models.Index(fields=["week"], name="bulletin_by_week")]

    def __str__(self) -> str:
        return f"bulletin du {dates.day(self.week)}"


class Digest(models.Model):
    """A week of a promotion, told from its Friday in one mail each; settled too when nobody had written."""

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="digests")
    week = models.DateField("semaine du")
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = "envoi de la semaine"
        constraints = [
            models.UniqueConstraint(fields=["promotion", "week"], name="one_digest_per_promotion_and_week")
        ]

    def __str__(self) -> str:
        return f"envoi de la semaine du {dates.day(self.week)}"


class DirectoryEntry(models.Model):
    """An alumnus or alumna who agreed to be listed publicly, until a date."""

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="directory_entries")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="directory_entries",
    )
    name = models.CharField("nom affiché", max_length=120)
    trade = models.CharField("métier", max_length=80)
    project_title = models.CharField("défi", max_length=160)
    headline = models.CharField("aujourd’hui", max_length=200, blank=True)
    consented_at = models.DateTimeField("accord donné le")
    expires_at = models.DateTimeField("accord valable jusqu’au")

    class Meta:
        verbose_name = "fiche d’annuaire"
        constraints = [
            models.UniqueConstraint(
                fields=["promotion", "person"],
                condition=Q(person__isnull=False),
                name="one_entry_per_alumnus",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("consented_at")), name="consent_has_an_end"),
        ]

    def __str__(self) -> str:
        return self.name
