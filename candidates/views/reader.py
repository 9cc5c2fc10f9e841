"""The readers' pages: a conflict declared before the content, a dossier without a name, a grid."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from candidates.actions import recuse_reader
from candidates.actions.redaction import ask_anonymous_prints
from candidates.documents import ANONYMOUS_FILE
from candidates.models import Review
from candidates.queries import anonymous_dossier, anonymous_files, files_of, readings_of, trades_of
from candidates.queries.calibration import amendments_of
from candidates.queries.redaction import AnonymousDossier
from candidates.views.queue import SHORTCUTS_OFF, following, waiting
from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.saving import saves_itself
from eig.documents.doors import serve
from eig.documents.printing import latest_print, ready_document
from eig.documents.tasks import wake_workshop_after_commit
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.evaluation.actions import declare_no_conflict, save_review, sign_review
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.forms import RecusalForm, ReviewForm
from eig.evaluation.queries import desk_of, grid_of, is_being_read
from eig.evaluation.views.reader import (
    REFUSALS,
    autosaved,
    keep,
    own_reading,
    own_sheet,
    readable_reading,
    reading_at,
)
from eig.promotions.queries import moment


def review_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """The conflict question first, then the dossier beside the grid."""
    review = reading_at(Review, request, code)
    if review.cleared_at is None:
        return _conflict_page(request, review, RecusalForm())
    form = _form(request, review)
    if request.method != "POST":
        return _reading_page(request, review, form)
    kept = _keep(request, review, form)
    if saves_itself(request):
        return autosaved(request, form, sheet=review.sheet, kept=kept)
    if not kept:
        return _refused(request, review, form)
    messages.success(
        request, f"Vos notes sur {review.application} sont enregistrées. Elles comptent une fois signées."
    )
    if request.POST.get("then") == "next":
        return following(request, review)
    return redirect("candidates:review_edit", code)


def _form(request: SignedInRequest, review: Review) -> ReviewForm:
    grid = grid_of(review.application.promotion_id, Stage.APPLICATION_READING)
    return ReviewForm(request.POST if request.method == "POST" else None, grid=grid, sheet=review.sheet)


def _keep(request: SignedInRequest, review: Review, form: ReviewForm) -> bool:
    at = moment(review.application.promotion)
    return keep(form, partial(save_review, review, by=request.user, at=at))


def _refused(request: SignedInRequest, review: Review, form: ReviewForm) -> HttpResponse:
    """What was typed, and why it is refused; nothing more of a dossier that is no longer read."""
    if is_being_read(review):
        return _reading_page(request, review, form, status=422)
    messages.error(request, " ".join(map(str, form.non_field_errors())))
    return redirect("candidates:reading_list")


@require_POST
def review_sign(request: SignedInRequest, code: str) -> HttpResponse:
    """Keep the marks, then sign: what is refused at the signature stays typed and saved."""
    review = own_reading(Review, request, code)
    if review.cleared_at is None:
        return redirect("candidates:review_edit", code)
    form = _form(request, review)
    if not _keep(request, review, form):
        return _refused(request, review, form)
    with Doing(request, REFUSALS, form=form) as done:
        sign_review(review, by=request.user, at=moment(review.application.promotion))
        done.said = f"Votre lecture de {review.application} est signée. Merci !"
    if not done:
        return _refused(request, review, form)
    if request.POST.get("then") == "next":
        return following(request, review)
    assigned = waiting(request.user).first()
    if assigned is not None:
        return redirect("candidates:review_edit", assigned.sheet.code)
    return redirect("candidates:reading_list")


@require_POST
def review_clear(request: SignedInRequest, code: str) -> HttpResponse:
    """No conflict of interest: the dossier opens."""
    review = own_reading(Review, request, code)
    with Doing(request, REFUSALS) as done:
        declare_no_conflict(review, by=request.user, at=moment(review.application.promotion))
    return redirect("candidates:review_edit", code) if done else redirect("candidates:reading_list")


@require_POST
def review_recuse(request: SignedInRequest, code: str) -> HttpResponse:
    """Step aside, before or after having read."""
    review = own_reading(Review, request, code)
    form = RecusalForm(request.POST)
    if not form.is_valid():
        return _conflict_page(request, review, form, status=422)
    recuse_reader(
        review.application,
        person=request.user,
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=moment(review.application.promotion),
    )
    messages.success(request, "Votre déport est enregistré : une autre personne lira cette candidature.")
    return redirect("candidates:reading_list")


def review_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """What I signed, as I signed it, once the dossier is closed too."""
    number = own_reading(Review, request, code).application.number
    back = reverse("candidates:reading_list")
    return own_sheet(Review, request, code, title=f"Candidature {number}", back=back, mine="Mes lectures")


def review_download(request: SignedInRequest, code: str, document: str) -> FileResponse:
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
def review_print(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask for the printed texts, when none is ready."""
    application = readable_reading(Review, request, code).application
    ask_anonymous_prints(application, at=moment(application.promotion))
    wake_workshop_after_commit()
    messages.info(request, "Les PDF sont en préparation : rechargez la page dans quelques instants.")
    return redirect("candidates:review_edit", code)


def _conflict_page(
    request: SignedInRequest, review: Review, form: RecusalForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "review": review,
        "application": review.application,
        "promotion": review.application.promotion,
        "trades": trades_of(review.application),
        "form": form,
    }
    return render(request, "candidates/review_conflict.html", context, status=status)


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


def _reading_page(
    request: SignedInRequest, review: Review, form: ReviewForm, *, status: int = 200
) -> HttpResponse:
    application = review.application
    promotion = application.promotion
    asked = form_of(promotion, FormKind.APPLICATION)
    dossier = anonymous_dossier(application, asked, files_of(application, asked))
    mine = readings_of(request.user).filter(application__promotion=promotion)
    counts = mine.aggregate(
        signed=Count("pk", filter=Q(sheet__status=SheetStatus.SIGNED)),
        left=Count("pk", filter=Q(pk__in=waiting(request.user).order_by().values("pk"))),
    )
    form.amendments = {item.criterion_id: item for item in reversed(amendments_of(form.grid))}
    context: dict[str, Any] = {
        "review": review,
        "application": application,
        "promotion": promotion,
        "form": form,
        "trades": trades_of(application),
        "sections": dossier.sections,
        "files": _files_shown(dossier, is_anonymous=promotion.anonymous_shortlisting),
        "is_signed": review.sheet.status == SheetStatus.SIGNED,
        "others": desk_of(review),
        "grid": form.grid,
        "recusal": RecusalForm(auto_id="deport_%s"),
        "signed_count": counts["signed"],
        "all_count": counts["signed"] + counts["left"],
        "shortcuts": not request.session.get(SHORTCUTS_OFF, False),
    }
    return render(request, "candidates/review_edit.html", context, status=status)
