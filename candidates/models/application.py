"""A person's application to a promotion, its trades and its files."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidates.choices import Ineligibility, Status
from eig.documents.models import Document
from eig.dossiers.models import Dossier
from eig.promotions.models import Trade


class Application(Dossier):
    LIFECYCLE: ClassVar = {
        Status.DRAFT: {Status.SUBMITTED, Status.WITHDRAWN},
        Status.SUBMITTED: {
            Status.SHORTLISTED,
            Status.RESERVED,
            Status.DECLINED,
            Status.INELIGIBLE,
            Status.WITHDRAWN,
        },
        Status.INELIGIBLE: {Status.SUBMITTED},
        Status.SHORTLISTED: {Status.WITHDRAWN},
        Status.RESERVED: {Status.SHORTLISTED, Status.DECLINED, Status.WITHDRAWN},
        Status.DECLINED: set(),
        Status.WITHDRAWN: set(),
    }

    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications"
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    # Copied from the answers at submission: the rules and the lists need them as columns.
    experience_years = models.PositiveSmallIntegerField("années d’expérience", null=True, blank=True)
    trades = models.ManyToManyField(Trade, through="ApplicationTrade", related_name="applications")
    ineligibility_code = models.CharField(
        "nature du motif d’inéligibilité", max_length=20, choices=Ineligibility, blank=True
    )
    ineligibility = models.TextField("motif d’inéligibilité", blank=True, max_length=2000)
    decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reviews_signed = models.PositiveSmallIntegerField(default=0)
    score = models.PositiveIntegerField("note (échelle commune)", null=True, blank=True)

    class Meta(Dossier.Meta):
        abstract = False
        verbose_name = "candidature"
        constraints = [
            *Dossier.Meta.constraints,
            models.UniqueConstraint(fields=["promotion", "candidate"], name="one_application_per_promotion"),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.WITHDRAWN]) | Q(submitted_at__isnull=False),
                name="submitted_applications_are_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.INELIGIBLE) | ~Q(ineligibility=""),
                name="an_ineligible_candidate_is_told_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.WITHDRAWN) | Q(withdrawn_at__isnull=False),
                name="withdrawn_applications_are_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["promotion", "status", "number"], name="application_by_status"),
            models.Index(fields=["promotion", "-score"], name="application_by_score"),
        ]

    def __str__(self) -> str:
        return self.number or f"brouillon {self.code.hex[:8]}"

    @property
    def concerned_id(self) -> int:
        return self.candidate_id


class ApplicationTrade(models.Model):
    """The trades a candidate can hold, in their order of preference."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="trade_links")
    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField("ordre")

    class Meta:
        verbose_name = "métier de la candidature"
        constraints = [models.UniqueConstraint(fields=["application", "trade"], name="one_link_per_trade")]

    def __str__(self) -> str:
        return str(self.trade)


class Attachment(models.Model):
    """A file sent with an application, as the answer to a question."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attachments")
    question = models.CharField(max_length=50)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="attachment")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = "pièce jointe"

    def __str__(self) -> str:
        return str(self.document)
