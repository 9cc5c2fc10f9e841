"""Files, private by nature: what people send, what the application prints."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from eig.documents.choices import UNREADABLE, FileStatus, PrintStatus
from eig.jobs.models import Job, Queue


def storage_path(document: "Document", filename: str) -> str:
    """A random name in the private folder; the name given by the person is only data."""
    return f"{document.code.hex[:2]}/{document.code.hex}"


class Document(Job):
    """A file; while in quarantine, the job of those who check it."""

    QUEUE = Queue(
        waiting=FileStatus.PENDING,
        running=FileStatus.PENDING,
        failed=FileStatus.REFUSED,
        lease=timedelta(minutes=2),
        pauses=(timedelta(minutes=2),) * 2,
        order=("created_at",),
        ended_at="checked_at",
        words={"refusal": UNREADABLE},
    )

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="documents"
    )
    name = models.CharField("nom du fichier", max_length=150)
    media_type = models.CharField(max_length=40)
    status = models.CharField(max_length=10, choices=FileStatus, default=FileStatus.PENDING)
    refusal = models.CharField("motif de refus", max_length=200, blank=True)
    file = models.FileField(upload_to=storage_path, max_length=100)
    size = models.PositiveIntegerField("octets")
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    # The scanner said nothing against it; empty when none is configured.
    scanned_at = models.DateTimeField("analysé par l’antivirus", null=True, blank=True)
    # A scanner is configured and does not answer since then: the file waits in quarantine.
    unscanned_since = models.DateTimeField("antivirus sans réponse depuis", null=True, blank=True)

    class Meta:
        verbose_name = "document"
        constraints = [
            models.CheckConstraint(
                condition=Q(status=FileStatus.PENDING) | Q(checked_at__isnull=False),
                name="checked_documents_are_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status=FileStatus.REFUSED) | ~Q(refusal=""), name="a_refused_document_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(status=FileStatus.PENDING), name="document_to_check")
        ]

    def __str__(self) -> str:
        return self.name


class Extract(models.Model):
    """What the limited child read in a checked file: its text, empty when it is an image or a scan."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="extract")
    text = models.TextField("texte", blank=True)
    is_cut = models.BooleanField("texte tronqué", default=False)
    extracted_at = models.DateTimeField()

    class Meta:
        verbose_name = "texte d’un document"

    def __str__(self) -> str:
        return f"texte de {self.document_id}"


class PageImage(models.Model):
    """A small picture of one of the first pages, kept in the database: it is erased with its document."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="page_images")
    rank = models.PositiveSmallIntegerField("page")
    data = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "aperçu d’une page"
        verbose_name_plural = "aperçus de pages"
        constraints = [models.UniqueConstraint(fields=["document", "rank"], name="one_picture_per_page")]

    def __str__(self) -> str:
        return f"page {self.rank}"


class Print(Job):
    """A PDF to be made by a worker, with visible progress. The latest ready one is what is offered."""

    QUEUE = Queue(
        waiting=PrintStatus.QUEUED,
        running=PrintStatus.RUNNING,
        failed=PrintStatus.FAILED,
        lease=timedelta(minutes=5),
        pauses=(timedelta(seconds=10), timedelta(minutes=1)),
    )

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Which builder (see eig.documents.printing) and about what.
    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=PrintStatus, default=PrintStatus.QUEUED)
    progress = models.PositiveSmallIntegerField("avancement (%)", default=0)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "impression"
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=PrintStatus.READY) | Q(document__isnull=False, ready_at__isnull=False),
                name="a_ready_print_has_a_document",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="progress_is_a_percentage"),
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(status__in=[PrintStatus.QUEUED, PrintStatus.RUNNING]),
                name="one_print_under_way_per_subject",
            ),
        ]
        indexes = [models.Index(fields=["kind", "subject_id", "-asked_at"], name="print_by_subject")]

    def __str__(self) -> str:
        return self.title
