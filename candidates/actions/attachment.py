"""Add a file to an application, take one out."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from candidates.choices import Status
from candidates.models import Application, Attachment, CorrectionFile
from eig.accounts.models import User
from eig.documents.files import MEGABYTE, BadUpload, Limits
from eig.documents.models import Document
from eig.dossiers.actions import DossierClosed
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import QuestionView
from eig.journal.actions import record as journal
from eig.lifecycle import lock

MOST_MEGABYTES = 30


def limits_of(question: QuestionView) -> Limits:
    """What a file question accepts; the question's own help says it."""
    return Limits(max_bytes=question.option("max_mb", 10) * MEGABYTE)


def _locked_draft(application: Application) -> Application:
    locked = lock(application, "promotion")
    if locked.status != Status.DRAFT:
        raise DossierClosed("Ce dossier n’est plus en brouillon : ses pièces ne peuvent plus changer.")
    return locked


@transaction.atomic
def add_attachment(
    application: Application, *, question: str, document: Document, by: User, at: datetime
) -> Attachment:
    """Attach a received document to a question; a single file replaces the former one.

    Raises BadUpload, DossierClosed.
    """
    locked = _locked_draft(application)
    asked = form_of(locked.promotion, FormKind.APPLICATION).question(question)
    if asked is None or not asked.is_file:
        raise BadUpload("Cette question n’attend pas de fichier.")
    make_room(locked.attachments.filter(question=question), asked)
    held = sum(locked.attachments.values_list("document__size", flat=True))
    if held + document.size > MOST_MEGABYTES * MEGABYTE:
        raise BadUpload(f"Vos fichiers dépassent ensemble {MOST_MEGABYTES} Mo. Retirez-en un d’abord.")
    attachment = Attachment.objects.create(
        application=locked, question=question, document=document, added_at=at
    )
    journal("add_attachment", locked, by=by, at=at, question=question)
    return attachment


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by: User, at: datetime) -> None:
    """Take a file out of a draft and destroy it. Raises DossierClosed."""
    locked = _locked_draft(attachment.application)
    drop(attachment)
    journal("remove_attachment", locked, by=by, at=at, question=attachment.question)


def make_room(former: QuerySet[Any], asked: QuestionView) -> None:
    """A single file leaves its place to the next one. Raises BadUpload when there are enough."""
    rows = list(former.select_related("document").order_by("pk"))
    if asked.most_files == 1:
        for row in rows:
            drop(row)
    elif len(rows) >= asked.most_files:
        raise BadUpload(f"Vous avez déjà déposé {len(rows)} fichiers, le maximum. Retirez-en un d’abord.")


def drop(row: Attachment | CorrectionFile) -> None:
    """The row, then the file once the deletion is sure."""
    document = row.document
    row.delete()
    storage, name = document.file.storage, str(document.file.name)
    document.delete()
    transaction.on_commit(lambda: storage.delete(name))
