"""Files of an application: sent one by one, taken out, fetched by their owner."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from candidates.actions import remove_attachment
from candidates.choices import Status
from candidates.models import Application, Attachment
from candidates.queries import own_applications
from candidates.views.desk import DESK
from candidates.views.receiving import CHECKED, keep_attached, take_in
from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.documents.doors import serve
from eig.dossiers.actions import DossierClosed
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.views.writing import section_page
from eig.promotions.queries import moment


def _draft(request: SignedInRequest, code: str) -> Application:
    return get_object_or_404(own_applications(request.user), code=code)


@require_POST
def attachment_add(request: SignedInRequest, code: str, question: str) -> HttpResponse:
    """Receive one file; a refused one leaves the former in place and says which limit it broke."""
    application = _draft(request, code)
    form = form_of(application.promotion, FormKind.APPLICATION)
    asked = form.question(question)
    section = next((item for item in form.sections if asked in item.files), None)
    if asked is None or section is None:
        raise Http404
    if application.status != Status.DRAFT:
        messages.warning(request, "Ce dossier n’est plus en brouillon : ses pièces ne peuvent plus changer.")
        return redirect("candidates:application_detail", code)
    at, keep = keep_attached(application)
    try:
        upload = take_in(request, asked, at=at, keep=keep, told=CHECKED)
    except DossierClosed as reason:
        messages.warning(request, str(reason))
        return redirect("candidates:application_detail", code)
    if upload.errors:
        return section_page(request, DESK, application, form=form, section=section, refused=[upload])
    return redirect("candidates:application_edit", code, section.code)


def _attachment(request: SignedInRequest, code: str, document: str) -> Attachment:
    application = _draft(request, code)
    rows = application.attachments.select_related("document", "application__promotion")
    return get_object_or_404(rows, document__code=document)


@require_POST
def attachment_remove(request: SignedInRequest, code: str, document: str) -> HttpResponse:
    attachment = _attachment(request, code, document)
    application = attachment.application
    form = form_of(application.promotion, FormKind.APPLICATION)
    question = form.question(attachment.question)
    section = next((item for item in form.sections if question in item.files), form.sections[0])
    with Doing(request, DossierClosed, said="Le fichier est retiré.", refused=messages.warning) as done:
        remove_attachment(attachment, by=request.user, at=moment(application.promotion))
    if not done:
        return redirect("candidates:application_detail", code)
    return redirect("candidates:application_edit", code, section.code)


def attachment_download(request: SignedInRequest, code: str, document: str) -> FileResponse:
    """The owner's own file, once it is checked."""
    return serve(_attachment(request, code, document).document)
