"""What a dossier that answers a form is made of: answers, version, receipt, and who changed what."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from eig.dossiers.choices import FormKind
from eig.promotions.models import Promotion


class Written(models.Model):
    """Answers that several people may write at once, question by question.

    `answers` maps question codes to plain JSON values; `version` grows at each save. A save carries the
    version it started from: it is merged, or refused, never laid over what somebody else wrote since.
    """

    # The only status in which the answers change.
    WRITABLE: ClassVar[str] = ""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answers = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Dossier(Written):
    """The common part of a project and of an application; the receipt comes with submission.

    The receipt (number, instant, SHA-256) is that of the content handed in: a correction answered later
    has its own, and leaves this one as it was.
    """

    WRITABLE = "draft"

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="%(class)ss")
    created_at = models.DateTimeField()
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
            )
        ]

    @property
    def concerned_id(self) -> int | None:
        """The person whose life it tells, if it is one."""
        return None


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
    # Which open page wrote it, and its how-manieth save: a lost acknowledgement is no quarrel with oneself.
    tab = models.CharField(max_length=36, blank=True)
    turn = models.PositiveIntegerField(default=0)

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
