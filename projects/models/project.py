"""A project, who leads it, which administrations it is tied to, whom it seeks."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from eig.dossiers.models import Dossier
from eig.promotions.models import Trade
from projects.choices import LeadRole, LinkRole, Status
from projects.models.administration import Administration

# The question whose answer names a project.
NAME = "project_name"


class Project(Dossier):
    LIFECYCLE: ClassVar = {
        Status.DRAFT: {Status.SUBMITTED, Status.WITHDRAWN},
        Status.SUBMITTED: {Status.ELIGIBLE, Status.INELIGIBLE, Status.WITHDRAWN},
        Status.INELIGIBLE: {Status.ELIGIBLE},
        Status.ELIGIBLE: {
            Status.LAUREATE,
            Status.RESERVE,
            Status.DECLINED,
            Status.INELIGIBLE,
            Status.WITHDRAWN,
        },
        Status.LAUREATE: {Status.PUBLISHED, Status.WITHDRAWN},
        Status.RESERVE: {Status.LAUREATE, Status.DECLINED, Status.WITHDRAWN},
        Status.DECLINED: set(),
        Status.PUBLISHED: {Status.WITHDRAWN},
        Status.WITHDRAWN: set(),
    }

    # The name of the dossier; from the reveal on, the public name of the défi, everywhere.
    title = models.CharField("nom du projet", max_length=160)
    # Empty for a project that nobody started here.
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    administration = models.ForeignKey(
        Administration, on_delete=models.PROTECT, null=True, blank=True, related_name="projects"
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    ineligibility = models.TextField("motif d’inéligibilité", blank=True, max_length=2000)
    decided_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # Kept with each signature, so that lists sort without recounting.
    reviews_signed = models.PositiveSmallIntegerField(default=0)
    score = models.PositiveIntegerField("note (échelle commune)", null=True, blank=True)

    class Meta(Dossier.Meta):
        abstract = False
        verbose_name = "projet"
        constraints = [
            *Dossier.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.WITHDRAWN]) | Q(submitted_at__isnull=False),
                name="submitted_projects_are_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="published_projects_are_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.INELIGIBLE) | ~Q(ineligibility=""),
                name="an_ineligible_project_is_told_why",
            ),
            models.UniqueConstraint(
                F("promotion"),
                F("started_by"),
                Lower("title"),
                condition=Q(status=Status.DRAFT),
                name="one_draft_per_lead_and_title",
            ),
        ]
        indexes = [
            models.Index(fields=["promotion", "status", "title"], name="project_by_status"),
            models.Index(fields=["promotion", "-score"], name="project_by_score"),
        ]

    @property
    def filed_title(self) -> str:
        """The name that the dossier gives it, when it is another one."""
        name = str(self.answers.get(NAME) or "")
        return name if name != self.title else ""

    def __str__(self) -> str:
        return self.title


class ProjectLead(models.Model):
    """Who may write a project. The first one is its lead."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="leads")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="project_roles"
    )
    role = models.CharField("rôle", max_length=10, choices=LeadRole, default=LeadRole.LEAD)
    since = models.DateTimeField()

    class Meta:
        verbose_name = "porteur ou porteuse"
        constraints = [
            models.UniqueConstraint(fields=["project", "person"], name="one_role_per_project_and_person")
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.project}"


class ProjectLink(models.Model):
    """The four ways an administration is tied to a project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="links")
    administration = models.ForeignKey(Administration, on_delete=models.PROTECT, related_name="links")
    role = models.CharField("rôle", max_length=12, choices=LinkRole)

    class Meta:
        verbose_name = "lien à une administration"
        constraints = [
            models.UniqueConstraint(fields=["project", "administration", "role"], name="one_link_per_role"),
            models.UniqueConstraint(
                fields=["project", "role"],
                condition=Q(role__in=["operator", "beneficiary", "ministry"]),
                name="one_operator_one_beneficiary_one_ministry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} : {self.administration}"


class Position(models.Model):
    """A profile sought: the unit of matching."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="positions")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, related_name="positions")
    expertise = models.CharField("expertise", max_length=200)
    must_have = models.TextField("compétences indispensables", blank=True, max_length=1000)
    nice_to_have = models.TextField("compétences appréciées", blank=True, max_length=1000)
    seats = models.PositiveSmallIntegerField("places", default=1)
    rank = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "profil recherché"
        constraints = [
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=3), name="a_position_has_one_to_three_seats"
            )
        ]

    def __str__(self) -> str:
        return f"{self.trade} – {self.expertise}"
