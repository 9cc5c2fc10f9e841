"""Ask a candidate to complete or set right named answers; receive them; let the delay pass."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from candidates import emails
from candidates.actions.application import YEARS, tie_trades
from candidates.choices import Status
from candidates.models import Application, Attachment, Correction, CorrectionFile
from candidates.queries import attached_codes, files_of
from eig.accounts.models import User
from eig.documents.files import BadUpload
from eig.documents.models import Document
from eig.dossiers.actions import (
    CorrectionOver,
    answer_correction,
    ask_correction,
    cancel_correction,
    expire_correction,
    expire_each,
    refuse_late,
)
from eig.dossiers.choices import CorrectionStatus, FormKind, QuestionType
from eig.dossiers.models import Dossier
from eig.dossiers.queries import form_of
from eig.journal.actions import record as journal

CORRECTABLE = (Status.SUBMITTED,)


@transaction.atomic
def ask_application_correction(
    application: Application,
    *,
    questions: Sequence[str],
    reason: str,
    due_at: datetime,
    by: User,
    at: datetime,
) -> Correction:
    """Open these answers to the candidate until `due_at`, and tell them. Raises CannotAsk, AlreadyAsked."""
    correction = ask_correction(
        Correction,
        application,
        link="application",
        allowed=CORRECTABLE,
        questions=questions,
        reason=reason,
        due_at=due_at,
        by=by,
        at=at,
    )
    emails.correction_asked(correction, at=at)
    return correction


@transaction.atomic
def answer_application_correction(correction: Correction, *, message: str, by: User) -> Correction:
    """Send the corrected answers and files; whoever asked is told. Raises CorrectionOver, Incomplete."""
    application = correction.application
    form = form_of(application.promotion, FormKind.APPLICATION)
    kept = attached_codes(files_of(application, form))
    sent = set(correction.files.filter(former=False).values_list("question", flat=True))

    def settle(dossier: Dossier, now: datetime) -> Mapping[str, Sequence[str]]:
        assert isinstance(dossier, Application)
        _take_in_files(correction, dossier)
        if any(
            question.type == QuestionType.TRADES and question.code in correction.questions
            for question in form.questions()
        ):
            dossier.trade_links.all().delete()
            tie_trades(dossier, form)
        if YEARS in correction.questions:
            Application.objects.filter(pk=dossier.pk).update(experience_years=dossier.answers.get(YEARS))
        return digests_of(dossier)

    done = answer_correction(
        correction,
        form=form,
        kind=FormKind.APPLICATION,
        allowed=CORRECTABLE,
        message=message,
        by=by,
        attached=kept | sent,
        settle=settle,
    )
    if done and correction.ended_at:
        emails.correction_answered(correction, at=correction.ended_at)
    return correction


def digests_of(application: Application) -> dict[str, list[str]]:
    """SHA-256 of the files of a dossier, by question, as its receipt seals them."""
    found: dict[str, list[str]] = {}
    for row in application.attachments.select_related("document").order_by("added_at", "pk"):
        found.setdefault(row.question, []).append(row.document.sha256)
    return found


def _take_in_files(correction: Correction, application: Application) -> None:
    """The files sent take the place of those they replace, which stay beside: they were handed in."""
    sent = list(correction.files.filter(former=False).select_related("document").order_by("pk"))
    replaced = {row.question for row in sent}
    for row in application.attachments.filter(question__in=replaced).order_by("pk"):
        CorrectionFile.objects.create(
            correction=correction,
            question=row.question,
            document=row.document,
            added_at=row.added_at,
            former=True,
        )
        row.delete()
    for one in sent:
        Attachment.objects.create(
            application=application, question=one.question, document=one.document, added_at=one.added_at
        )
        one.delete()


@transaction.atomic
def add_correction_file(
    correction: Correction, *, question: str, document: Document, by: User, at: datetime
) -> CorrectionFile:
    """Set a received document aside until the correction is sent. Raises BadUpload, CorrectionOver."""
    held = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    correction.status = held.status
    refuse_late(correction)
    form = form_of(correction.application.promotion, FormKind.APPLICATION)
    asked = form.question(question)
    if asked is None or not asked.is_file or question not in correction.questions:
        raise BadUpload("Ce fichier n’est pas demandé.")
    former = list(correction.files.filter(question=question, former=False).order_by("pk"))
    if asked.most_files == 1:
        for row in former:
            drop_correction_file(row)
    elif len(former) >= asked.most_files:
        raise BadUpload(f"Vous avez déjà déposé {len(former)} fichiers, le maximum. Retirez-en un d’abord.")
    row = CorrectionFile.objects.create(
        correction=correction, question=question, document=document, added_at=at
    )
    journal("add_correction_file", correction, by=by, at=at, question=question)
    return row


@transaction.atomic
def drop_correction_file(row: CorrectionFile) -> None:
    """Take a file back before it is sent, and destroy it. Raises CorrectionOver."""
    if row.former:
        raise CorrectionOver("Ce fichier fait partie du dossier déposé.")
    document = row.document
    row.delete()
    storage, name = document.file.storage, str(document.file.name)
    document.delete()
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def cancel_application_correction(correction: Correction, *, by: User, at: datetime) -> None:
    """Take the request back, and say so to the candidate. Raises IllegalMove."""
    cancel_correction(correction, by=by, at=at)
    emails.correction_cancelled(correction, at=at)


def expire_application_corrections() -> int:
    """Close the corrections whose delay has passed; returns how many. Safe to run twice."""
    rows = Correction.objects.filter(status=CorrectionStatus.ASKED).select_related(
        "application__promotion", "application__candidate", "asked_by"
    )
    return expire_each(rows.order_by("pk"), expire=_expire)


@transaction.atomic
def _expire(correction: Correction) -> bool:
    if not expire_correction(correction):
        return False
    if correction.application.status in CORRECTABLE:
        emails.correction_expired(correction, at=correction.due_at)
    return True
