"""Receive files: one as it is chosen, or those of a section with its form when no script has sent them."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.db import transaction

from candidates.actions import add_attachment, add_correction_file, limits_of
from candidates.forms import UploadForm
from candidates.models import Application, Correction
from eig.accounts.doors import SignedInRequest
from eig.documents.doors import refuse_flood
from eig.documents.files import BadUpload, receive_upload
from eig.documents.tasks import wake_workshop_after_commit
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import QuestionView, SectionView
from eig.promotions.queries import moment

CHECKED = "Sa vérification prend quelques instants."
REPLACES = "Il remplacera l’ancien fichier à l’envoi."
Keep = Callable[..., object]


def take_in(
    request: SignedInRequest, question: QuestionView, *, at: datetime, keep: Keep, told: str
) -> UploadForm:
    """Receive the file of one question; a refused one leaves the former in place, its form says why."""
    upload = UploadForm(question, files=request.FILES)
    if upload.is_valid():
        file = upload.cleaned_data[question.code]
        try:
            refuse_flood(request)
            with transaction.atomic():
                document = receive_upload(file, by=request.user, at=at, limits=limits_of(question))
                keep(question=question.code, document=document, by=request.user, at=at)
        except BadUpload as reason:
            upload.add_error(question.code, str(reason))
        else:
            wake_workshop_after_commit()
            messages.success(request, f"« {document.name} » est reçu. {told}")
    return upload


def keep_attached(application: Application) -> tuple[datetime, Keep]:
    return moment(application.promotion), partial(add_attachment, application)


def keep_aside(correction: Correction) -> tuple[datetime, Keep]:
    return moment(correction.promotion), partial(add_correction_file, correction)


def _take_all(
    request: SignedInRequest, asked: Iterable[QuestionView], desk: tuple[datetime, Keep], told: str
) -> list[UploadForm]:
    """Receive the files that were chosen; the forms of those that are refused."""
    at, keep = desk
    chosen = [question for question in asked if UploadForm(question).bound_file.html_name in request.FILES]
    taken = [take_in(request, question, at=at, keep=keep, told=told) for question in chosen]
    return [upload for upload in taken if upload.errors]


def take_section(
    request: SignedInRequest, application: Application, section: SectionView
) -> list[UploadForm]:
    """Those posted with a section. Raises DossierClosed."""
    return _take_all(request, section.files, keep_attached(application), CHECKED)


def take_correction(request: SignedInRequest, correction: Correction) -> list[UploadForm]:
    """Those posted with a correction. Raises CorrectionOver."""
    form = form_of(correction.promotion, FormKind.APPLICATION)
    asked = [item for item in form.questions() if item.is_file and item.code in correction.questions]
    return _take_all(request, asked, keep_aside(correction), REPLACES)
