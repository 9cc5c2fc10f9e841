"""What a reader is shown of an application: the question of conflict, the dossier and its files, no name."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from candidates.actions.redaction import ask_anonymous_prints
from candidates.documents import ANONYMOUS_FILE
from candidates.models import Application, Review
from candidates.queries import (
    anonymous_dossier,
    anonymous_files,
    application_trades_shown,
    files_of,
    trades_of,
)
from candidates.queries.redaction import AnonymousDossier
from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.documents.doors import serve
from eig.documents.printing import latest_print, ready_document
from eig.documents.tasks import wake_workshop_after_commit
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.evaluation.actions import declare_no_conflict
from eig.evaluation.forms import RecusalForm
from eig.evaluation.views.reading import own_reading, readable_reading
from eig.evaluation.views.sheet import REFUSALS
from eig.promotions.queries import moment


def conflict_page(request: SignedInRequest, review: Review) -> HttpResponse:
    """Nobody is named: whoever is recognised, now or while reading, is said then."""
    context = {
        "review": review,
        "application": review.application,
        "promotion": review.application.promotion,
        "trades": trades_of(review.application),
        "form": RecusalForm(),
    }
    return render(request, "candidates/review_conflict.html", context)


@require_POST
def review_clear(request: SignedInRequest, code: UUID) -> HttpResponse:
    """No conflict of interest: the dossier opens."""
    review = own_reading(Review, request, code)
    with Doing(request, REFUSALS) as done:
        declare_no_conflict(review, by=request.user, at=moment(review.application.promotion))
    return redirect("candidates:review_edit", code) if done else redirect("candidates:reading_list")


def review_download(request: SignedInRequest, code: UUID, document: UUID) -> FileResponse:
    """Once cleared: the text of a file, printed without what tells who wrote it; the file, if names show."""
    application = readable_reading(Review, request, code).application
    form = form_of(application.promotion, FormKind.APPLICATION)
    files = files_of(application, form)
    shown = next(
        (item for item in anonymous_files(files, application, form) if item.code == str(document)), None
    )
    if shown is None:
        raise Http404
    if application.promotion.anonymous_shortlisting:
        return serve(ready_document(ANONYMOUS_FILE, shown.attachment_id), filename=shown.filename)
    found = next(item for item in files if str(item.attachment.document.code) == shown.code)
    return serve(found.attachment.document, filename=shown.filename)


@require_POST
def review_print(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Ask for the printed texts, when none is ready."""
    application = readable_reading(Review, request, code).application
    ask_anonymous_prints(application, at=moment(application.promotion))
    wake_workshop_after_commit()
    messages.info(request, "Les PDF sont en préparation : rechargez la page dans quelques instants.")
    return redirect("candidates:review_edit", code)


def _files_shown(dossier: AnonymousDossier, *, is_anonymous: bool) -> list[dict[str, Any]]:
    """Each file with what may be fetched of it: a print that is ready or under way, or the file."""
    return [
        {
            "file": file,
            "is_ready": not is_anonymous or ready_document(ANONYMOUS_FILE, file.attachment_id) is not None,
            "is_asked": latest_print(ANONYMOUS_FILE, file.attachment_id) is not None,
        }
        for file in dossier.files
    ]


def dossier_shown(application: Application) -> dict[str, Any]:
    """The dossier without its name, where the promotion hides it; its files, as they may be fetched."""
    promotion = application.promotion
    asked = form_of(promotion, FormKind.APPLICATION)
    dossier = anonymous_dossier(application, asked, files_of(application, asked))
    is_anonymous = promotion.anonymous_shortlisting
    return {
        "detail": ", ".join(application_trades_shown(application)),
        "sections": dossier.sections,
        "files": _files_shown(dossier, is_anonymous=is_anonymous),
    }
