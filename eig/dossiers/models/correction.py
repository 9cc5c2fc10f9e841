"""A correction asked after the deposit: named answers that open again until an instant."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from eig.dossiers.choices import CorrectionStatus
from eig.dossiers.models.dossier import Dossier, Written
from eig.promotions.models import Promotion


class Correction(Written):
    """`answers` is a desk apart: the dossier itself changes only when the correction is sent, as a whole.

    `before` keeps what the original receipt sealed; the answer has a receipt of its own.
    """

    LIFECYCLE: ClassVar = {
        CorrectionStatus.ASKED: {
            CorrectionStatus.ANSWERED,
            CorrectionStatus.EXPIRED,
            CorrectionStatus.CANCELLED,
        },
        CorrectionStatus.ANSWERED: set(),
        CorrectionStatus.EXPIRED: set(),
        CorrectionStatus.CANCELLED: set(),
    }
    WRITABLE = CorrectionStatus.ASKED.value

    status = models.CharField(max_length=10, choices=CorrectionStatus, default=CorrectionStatus.ASKED)
    questions = models.JSONField("réponses à corriger")
    reason = models.TextField("motif", max_length=2000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField("à répondre avant")
    before = models.JSONField(default=dict, blank=True)
    message = models.TextField("message", max_length=1000, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    number = models.CharField("numéro", max_length=40, unique=True, null=True, blank=True)
    content_sha256 = models.CharField("empreinte", max_length=64, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status=CorrectionStatus.ANSWERED, number__isnull=False, ended_at__isnull=False)
                & ~Q(content_sha256="")
                | ~Q(status=CorrectionStatus.ANSWERED) & Q(number__isnull=True, content_sha256=""),
                name="%(app_label)s_%(class)s_receipt_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(status=CorrectionStatus.ASKED, ended_at__isnull=True)
                | ~Q(status=CorrectionStatus.ASKED) & Q(ended_at__isnull=False),
                name="%(app_label)s_%(class)s_end_is_dated",
            ),
        ]

    # The foreign key of each step to what it corrects.
    DOSSIER: ClassVar[str]

    @property
    def dossier(self) -> Dossier:
        """The project or the application it is about."""
        found: Dossier = getattr(self, self.DOSSIER)
        return found

    @property
    def promotion(self) -> Promotion:
        return self.dossier.promotion

    @property
    def promotion_id(self) -> int:
        return self.dossier.promotion_id

    def __str__(self) -> str:
        return f"correction {self.code.hex[:8]}"


def promotion_of(written: Written) -> Promotion:
    """The promotion whose rules the answers follow."""
    if isinstance(written, Dossier | Correction):
        return written.promotion
    raise TypeError(f"{type(written).__name__} belongs to no promotion")
