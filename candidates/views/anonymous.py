"""« La version que liront les évaluateurs »: seen by its author and by the team, and mended by both."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from candidates.actions import BadMark, MayNotShow, RedactionClosed, mark_redaction, unmark_redaction
from candidates.choices import Status
from candidates.forms.redaction import MarkForm
from candidates.models import Application, RedactionMark
from candidates.queries import anonymous_dossier, files_of, own_applications
from candidates.queries.redaction import HIDE, SHOW, marks_of_application
from candidates.views.staff.application import application_in
from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.documents.doors import serve_picture
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.journal.choices import Shown
from eig.promotions.queries import moment

MENDED = (Status.DRAFT, Status.SUBMITTED)
REFUSALS = (BadMark, MayNotShow, RedactionClosed)


def _own(request: SignedInRequest, code: str) -> Application:
    return get_object_or_404(own_applications(request.user), code=code)


def _context(application: Application, form: MarkForm) -> dict[str, Any]:
    asked = form_of(application.promotion, FormKind.APPLICATION)
    marks = list(marks_of_application(application))
    files = files_of(application, asked)
    dossier = anonymous_dossier(application, asked, files, marks=marks)
    names = {file.attachment.pk: file.attachment.document.name for file in files}
    return {
        "application": application,
        "promotion": application.promotion,
        "dossier": dossier,
        "sections": dossier.sections,
        "files": [(file, names[file.attachment_id]) for file in dossier.files],
        "waiting": [file for file in files if file.is_pending],
        "hidden_marks": [mark for mark in marks if mark.kind == HIDE],
        "shown_marks": [mark for mark in marks if mark.kind == SHOW],
        "may_mend": application.status in MENDED and application.promotion.anonymous_shortlisting,
        "form": form,
    }


def application_anonymous(request: SignedInRequest, code: str) -> HttpResponse:
    """What readers will see, shown to the person before and after handing in."""
    context = _context(_own(request, code), MarkForm())
    return render(request, "candidates/application_anonymous.html", context)


@staff_only
def staff_application_anonymous(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    context = _context(application_in(request, promotion, code), MarkForm())
    return render(request, "candidates/staff/staff_application_anonymous.html", context)


def _mark(request: SignedInRequest, application: Application, form: MarkForm) -> bool:
    """Keep a mark; False when it is refused, and said on the form."""
    if not form.is_valid():
        return False
    kind, text = form.cleaned_data["kind"], form.cleaned_data["text"]
    state = "masqué" if kind == RedactionMark.Kind.HIDE else "de nouveau lisible"
    with Doing(request, REFUSALS, form=form, field="text", prints=True) as done:
        mark_redaction(application, kind=kind, text=text, by=request.user, at=moment(application.promotion))
        done.said = f"« {text} » est {state} dans toute la candidature, fichiers compris."
    return bool(done)


@require_POST
def redaction_mark(request: SignedInRequest, code: str) -> HttpResponse:
    application = _own(request, code)
    form = MarkForm(request.POST)
    if _mark(request, application, form):
        return redirect("candidates:application_anonymous", code)
    return render(request, "candidates/application_anonymous.html", _context(application, form), status=422)


@staff_only
@require_POST
def staff_redaction_mark(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    application = application_in(request, promotion, code)
    form = MarkForm(request.POST)
    if _mark(request, application, form):
        return redirect("candidates:staff_application_anonymous", promotion, code)
    context = _context(application, form)
    return render(request, "candidates/staff/staff_application_anonymous.html", context, status=422)


def _unmark(request: SignedInRequest, application: Application) -> None:
    folded = request.POST.get("folded", "")[:150]
    with Doing(request, RedactionClosed, refused=messages.warning, prints=True) as done:
        unmark_redaction(application, folded=folded, by=request.user, at=moment(application.promotion))
        done.said = "La retouche est retirée."


@require_POST
def redaction_unmark(request: SignedInRequest, code: str) -> HttpResponse:
    _unmark(request, _own(request, code))
    return redirect("candidates:application_anonymous", code)


@staff_only
@require_POST
def staff_redaction_unmark(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    _unmark(request, application_in(request, promotion, code))
    return redirect("candidates:staff_application_anonymous", promotion, code)


def attachment_picture(request: SignedInRequest, code: str, document: str, page: int) -> HttpResponse:
    """A page of one's own file, as a small picture."""
    rows = _own(request, code).attachments.select_related("document")
    return serve_picture(get_object_or_404(rows, document__code=document).document, page=page)


@staff_only
def staff_attachment_picture(
    request: SignedInRequest, promotion: str, code: str, document: str, page: int
) -> HttpResponse:
    application = application_in(request, promotion, code, what=Shown.FILE)
    rows = application.attachments.select_related("document")
    return serve_picture(get_object_or_404(rows, document__code=document).document, page=page)
