"""Corrections of applications: what both calls do is in `eig.dossiers`; here, files, trades and years."""

from datetime import datetime
from functools import partial

from django.db import transaction

from candidates.actions.application import YEARS, tie_trades
from candidates.actions.attachment import drop, make_room
from candidates.choices import Status
from candidates.models import Application, Attachment, Correction, CorrectionFile
from candidates.queries import attached_codes, files_of
from eig.accounts.models import User
from eig.documents.files import BadUpload
from eig.documents.models import Document
from eig.dossiers import actions as dossiers
from eig.dossiers.actions import CorrectionOver, refuse_late
from eig.dossiers.choices import FormKind, QuestionType
from eig.dossiers.kinds import CorrectionKind, Files
from eig.dossiers.queries import form_of
from eig.dossiers.rules import FormView
from eig.journal.actions import record as journal
from eig.lifecycle import lock


def _attached(correction: Correction, form: FormView) -> set[str]:
    sent = correction.files.filter(former=False).values_list("question", flat=True)
    return attached_codes(files_of(correction.application, form)) | set(sent)


def _settle(correction: Correction, application: Application, form: FormView) -> Files:
    _take_in_files(correction, application)
    trades = [item.code for item in form.questions() if item.type == QuestionType.TRADES]
    if set(trades) & set(correction.questions):
        application.trade_links.all().delete()
        tie_trades(application, form)
    if YEARS in correction.questions:
        years = application.answers.get(YEARS)
        Application.objects.filter(pk=application.pk).update(experience_years=years)
    return digests_of(application)


CORRECTIONS = CorrectionKind(
    model=Correction,
    form=FormKind.APPLICATION,
    app="candidates",
    allowed=(Status.SUBMITTED,),
    related=("candidate",),
    subject=lambda application: f"Votre candidature à {application.promotion.name}",
    people=lambda application: [application.candidate],
    settle=_settle,
    attached=_attached,
)
ask_application_correction = partial(dossiers.ask_correction, CORRECTIONS)
answer_application_correction = partial(dossiers.answer_correction, CORRECTIONS)
cancel_application_correction = partial(dossiers.cancel_correction, CORRECTIONS)
expire_application_corrections = partial(dossiers.expire_corrections, CORRECTIONS)


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
    held = lock(correction)
    correction.status = held.status
    refuse_late(correction)
    form = form_of(correction.application.promotion, FormKind.APPLICATION)
    asked = form.question(question)
    if asked is None or not asked.is_file or question not in correction.questions:
        raise BadUpload("Ce fichier n’est pas demandé.")
    make_room(correction.files.filter(question=question, former=False), asked)
    row = CorrectionFile.objects.create(
        correction=correction, question=question, document=document, added_at=at
    )
    journal("add_correction_file", correction, by=by, at=at, question=question)
    return row


@transaction.atomic
def drop_correction_file(row: CorrectionFile, *, by: User, at: datetime) -> None:
    """Take a file back before it is sent, and destroy it. Raises CorrectionOver."""
    if row.former:
        raise CorrectionOver("Ce fichier fait partie du dossier déposé.")
    journal("remove_correction_file", row.correction, by=by, at=at, question=row.question)
    drop(row)
