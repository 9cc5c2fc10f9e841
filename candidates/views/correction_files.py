"""Files sent in answer to a correction: set aside until it is sent."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from candidates.actions import drop_correction_file
from candidates.forms import UploadForm
from candidates.models import Correction, CorrectionFile
from candidates.queries import own_applications
from candidates.views.receiving import REPLACES, keep_aside, take_in
from candidates.views.section import Upload
from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.documents.doors import serve
from eig.dossiers.actions import CorrectionOver, refuse_late
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.promotions.queries import moment


def correction_uploads(correction: Correction) -> list[Upload]:
    questions = form_of(correction.application.promotion, FormKind.APPLICATION).questions()
    asked = [item for item in questions if item.is_file and item.code in correction.questions]
    if not asked:
        return []
    sent = list(correction.files.filter(former=False).select_related("document").order_by("added_at", "pk"))
    rows = correction.application.attachments.select_related("document").order_by("added_at", "pk")
    kept = [(row.question, row.document.name) for row in rows]
    found = []
    for question in asked:
        mine = [row for row in sent if row.question == question.code]
        form = UploadForm(question, replacing=bool(mine) and question.most_files == 1)
        found.append(Upload(question, mine, form, [name for code, name in kept if code == question.code]))
    return found


def files_replaced(correction: Correction) -> QuerySet[CorrectionFile]:
    """What was in the dossier before."""
    return correction.files.filter(former=True).select_related("document").order_by("pk")


def _correction(request: SignedInRequest, code: str, correction: str) -> Correction:
    application = get_object_or_404(own_applications(request.user), code=code)
    rows = application.corrections.select_related("application__promotion")
    return get_object_or_404(rows, code=correction)


@require_POST
def correction_file_add(request: SignedInRequest, code: str, correction: str, question: str) -> HttpResponse:
    """Receive one file; it takes its place in the dossier when the correction is sent."""
    row = _correction(request, code, correction)
    asked = form_of(row.application.promotion, FormKind.APPLICATION).question(question)
    if asked is None or not asked.is_file or question not in row.questions:
        raise Http404
    at, keep = keep_aside(row)
    with Doing(request, CorrectionOver):
        upload = take_in(request, asked, at=at, keep=keep, told=REPLACES)
        for said in upload.errors.get(question, []):
            messages.error(request, str(said))
    return redirect("candidates:correction_edit", code, correction)


def _file(correction: Correction, document: str) -> CorrectionFile:
    rows = correction.files.filter(former=False).select_related("document")
    return get_object_or_404(rows, document__code=document)


@require_POST
def correction_file_remove(
    request: SignedInRequest, code: str, correction: str, document: str
) -> HttpResponse:
    row = _correction(request, code, correction)
    file = _file(row, document)
    with Doing(request, CorrectionOver, said="Le fichier est retiré.", refused=messages.warning):
        refuse_late(row)
        drop_correction_file(file, by=request.user, at=moment(row.application.promotion))
    return redirect("candidates:correction_edit", code, correction)


def correction_file_download(
    request: SignedInRequest, code: str, correction: str, document: str
) -> FileResponse:
    """The owner's own file, once it is checked."""
    return serve(_file(_correction(request, code, correction), document).document)
