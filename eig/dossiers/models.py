"""Forms of a promotion as data, and what a dossier that answers one is made of."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from eig.dossiers.choices import FormKind, QuestionType
from eig.promotions.models import Promotion


class Form(models.Model):
    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="forms")
    kind = models.CharField(max_length=20, choices=FormKind)
    title = models.CharField("intitulé", max_length=120)
    introduction = models.TextField("introduction", blank=True)

    class Meta:
        verbose_name = "formulaire"
        constraints = [models.UniqueConstraint(fields=["promotion", "kind"], name="one_form_per_kind")]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="sections")
    code = models.SlugField()
    title = models.CharField("intitulé", max_length=120)
    introduction = models.TextField("introduction", blank=True)
    rank = models.PositiveSmallIntegerField("ordre")

    class Meta:
        verbose_name = "rubrique"
        constraints = [models.UniqueConstraint(fields=["form", "code"], name="one_section_per_code")]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(max_length=50)
    type = models.CharField(max_length=20, choices=QuestionType)
    label = models.CharField("question", max_length=300)
    help = models.TextField("aide", blank=True)
    required = models.BooleanField("obligatoire", default=True)
    # {"question": code, "equals": value}: required only then.
    required_if = models.JSONField(default=dict, blank=True)
    max_length = models.PositiveIntegerField("longueur maximale (caractères)", null=True, blank=True)
    # Choices as [[code, label], …], bounds as {"min": 2, "max": 3}, files as {"max_mb": 10}…
    options = models.JSONField(default=dict, blank=True)
    # Names a person: never shown to a reader while preselection is anonymous.
    identifying = models.BooleanField("identifiante", default=False)
    for_readers = models.BooleanField("montrée aux lecteurs", default=True)
    rank = models.PositiveSmallIntegerField("ordre")

    class Meta:
        verbose_name = "question"
        constraints = [models.UniqueConstraint(fields=["section", "code"], name="one_question_per_code")]

    def __str__(self) -> str:
        return self.label


class Counter(models.Model):
    """Numbers receipts without a hole or a double, per promotion and kind."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=FormKind)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "compteur"
        constraints = [models.UniqueConstraint(fields=["promotion", "kind"], name="one_counter_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.last}"


class Dossier(models.Model):
    """The common part of a project and of an application: answers, version, receipt.

    `answers` maps question codes to plain JSON values; `version` grows at each save, so that a stale
    save is refused instead of overwriting. The receipt (number, instant, SHA-256) comes with submission.
    """

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="%(class)ss")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answers = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    number = models.CharField("numéro", max_length=30, unique=True, null=True, blank=True)
    submitted_at = models.DateTimeField("déposé le", null=True, blank=True)
    content_sha256 = models.CharField("empreinte", max_length=64, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, number__isnull=True, content_sha256="")
                | Q(submitted_at__isnull=False, number__isnull=False) & ~Q(content_sha256=""),
                name="%(class)s_receipt_is_whole",
            ),
        ]


class Revision(models.Model):
    """Who changed which answer, and when; the text before is kept until submission."""

    # "projects.project" or "candidates.application".
    dossier_type = models.CharField(max_length=40)
    dossier_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    question = models.CharField(max_length=50)
    before = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "révision"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier_type", "dossier_id", "version", "question"],
                name="one_revision_per_version_and_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} v{self.version}"
