"""What the public reads of a project: the page in preparation, the page published."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from eig.promotions.models import Promotion
from projects.choices import AdministrationKind
from projects.models.project import Project


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
    # Of an imported page: its key in the file, and its text, sanitised HTML from Markdown.
    imported_as = models.CharField("clé d’import", max_length=140, blank=True)
    article = models.TextField("présentation importée", blank=True)
    website = models.URLField("site du service", max_length=300, blank=True)
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
            ),
            models.UniqueConstraint(
                fields=["promotion", "imported_as"],
                condition=~Q(imported_as=""),
                name="one_page_per_imported_key",
            ),
        ]

    def __str__(self) -> str:
        return self.title
