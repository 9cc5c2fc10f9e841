"""Administrations, their projects, who leads them, who they seek, how they were judged, their public page."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from eig.dossiers.models import Dossier
from eig.evaluation.models import Sheet
from eig.promotions.models import Promotion, Trade, Wave
from projects.choices import AdministrationKind, LeadRole, LinkRole, Outcome, Status


class Administration(models.Model):
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nom", max_length=200)
    kind = models.CharField(
        "type", max_length=20, choices=AdministrationKind, default=AdministrationKind.OTHER
    )
    siret = models.CharField("SIRET", max_length=14, null=True, blank=True, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        verbose_name = "administration"
        constraints = [
            models.CheckConstraint(
                condition=Q(siret__isnull=True) | Q(siret__regex=r"^[0-9]{14}$"),
                name="siret_is_fourteen_digits",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(siret__isnull=True),
                name="one_administration_per_name_without_siret",
            ),
        ]

    def __str__(self) -> str:
        return self.name


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


class Review(models.Model):
    """A reader in front of a project; the marks are on the sheet."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="reviews")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="project_reviews"
    )
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="project_review")
    assigned_at = models.DateTimeField()
    # The reader declares having no conflict before the content opens.
    cleared_at = models.DateTimeField("absence de conflit déclarée", null=True, blank=True)

    class Meta:
        verbose_name = "lecture"
        constraints = [
            models.UniqueConstraint(fields=["project", "reader"], name="a_reader_reads_a_project_once")
        ]

    def __str__(self) -> str:
        return f"{self.reader} lit {self.project}"


class Decision(models.Model):
    """What becomes of a project: prepared, then published with its wave. Unseen before.

    A project of the reserve may be decided upon again, in a later wave.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="decisions")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="project_decisions")
    outcome = models.CharField("décision", max_length=10, choices=Outcome)
    reserve_rank = models.PositiveSmallIntegerField("rang en liste complémentaire", null=True, blank=True)
    reason = models.TextField("motif communiqué", max_length=4000)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "décision sur un projet"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="project_decision_gives_a_reason"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.RESERVE, reserve_rank__gte=1)
                | ~Q(outcome=Outcome.RESERVE) & Q(reserve_rank__isnull=True),
                name="the_reserve_is_ranked",
            ),
            models.UniqueConstraint(
                fields=["wave", "reserve_rank"],
                condition=Q(reserve_rank__isnull=False),
                name="one_project_per_reserve_rank",
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(published_at__isnull=True),
                name="one_decision_awaited_per_project",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} : {self.get_outcome_display()}"


class PageDraft(models.Model):
    """The public words of a laureate, written before the reveal. Never read by a public door."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="page_draft")
    title = models.CharField("nom du défi", max_length=160)
    tagline = models.CharField("en une phrase", max_length=300)
    administration_name = models.CharField("administration", max_length=200)
    town = models.CharField("ville", max_length=100, blank=True)
    themes = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name="thèmes")
    body = models.JSONField("présentation", default=list)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "page de défi en préparation"

    def __str__(self) -> str:
        return self.title


class PublicPage(models.Model):
    """The public face of a project (« défi »), of this promotion or a past one. No row before the reveal."""

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="public_pages")
    # Past promotions are known by their pages only.
    project = models.OneToOneField(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="public_page"
    )
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField("nom du défi", max_length=160)
    tagline = models.CharField("en une phrase", max_length=300)
    administration_name = models.CharField("administration", max_length=200)
    administration_kind = models.CharField(max_length=20, choices=AdministrationKind, blank=True)
    town = models.CharField("ville", max_length=100, blank=True)
    themes = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name="thèmes")
    trades = ArrayField(models.CharField(max_length=80), default=list, blank=True, verbose_name="métiers")
    # [{"title": …, "text": …}]: plain text, paragraphs separated by blank lines.
    body = models.JSONField("présentation", default=list, blank=True)
    outcome = models.CharField("issue", max_length=200, blank=True)
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "page de défi"
        indexes = [models.Index(fields=["promotion", "title"], name="public_page_by_promotion")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("published_at")),
                name="withdrawn_after_published",
            )
        ]

    def __str__(self) -> str:
        return self.title
