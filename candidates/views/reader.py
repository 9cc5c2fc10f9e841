"""The readers' pages: a conflict declared before the content, a dossier without a name, a grid."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from candidates.actions import (
    CommentMissing,
    ConflictNotDeclared,
    ReadingOver,
    declare_no_conflict,
    recuse_reader,
    save_review,
    sign_review,
)
from candidates.actions.redaction import ask_anonymous_prints
from candidates.choices import Status
from candidates.documents import ANONYMOUS_FILE
from candidates.forms import ConflictForm, ReviewForm
from candidates.models import Review
from candidates.queries import (
    anonymous_dossier,
    anonymous_files,
    files_of,
    others_signed,
    readings_of,
    trades_of,
)
from candidates.queries.calibration import amendments_of
from candidates.queries.redaction import AnonymousDossier
from candidates.views.queue import SHORTCUTS_OFF, following, waiting_among
from eig.accounts.doors import SignedInRequest
from eig.documents.doors import serve
from eig.documents.printing import latest_print, ready_document
from eig.documents.tasks import wake_workshop_after_commit
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.evaluation.actions import MarksMissing, SheetClosed
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.queries import grid_of
from eig.french import dates
from eig.lifecycle import IllegalMove
from eig.promotions.queries import moment

REFUSALS = (ConflictNotDeclared, ReadingOver, CommentMissing, MarksMissing, SheetClosed, IllegalMove)


def _mine(request: SignedInRequest, code: str) -> Review:
    rows = readings_of(request.user).prefetch_related("sheet__marks__criterion")
    return get_object_or_404(rows, sheet__code=code)


def review_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """The conflict question first, then the dossier beside the grid."""
    review = _mine(request, code)
    if review.cleared_at is None:
        return _conflict_page(request, review, ConflictForm())
    grid = grid_of(review.application.promotion_id, Stage.APPLICATION_READING)
    form = ReviewForm(grid, sheet=review.sheet, data=request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _reading_page(request, review, form)
    kept = _keep(request, review, form)
    if request.headers.get("HX-Request"):
        return _autosaved(request, form, kept=kept)
    if not kept:
        return _reading_page(request, review, form, status=422)
    messages.success(
        request, f"Vos notes sur {review.application} sont enregistrées. Elles comptent une fois signées."
    )
    if request.POST.get("then") == "next":
        return following(request, review)
    return redirect("candidates:review_edit", code)


def _autosaved(request: SignedInRequest, form: ReviewForm, *, kept: bool) -> HttpResponse:
    """The line under the grid: when it was kept, or why not."""
    errors = [str(error) for group in form.errors.values() for error in group]
    said = f"Enregistré à {dates.hour(timezone.now())}" if kept else " ".join(["Non enregistré.", *errors])
    response = render(request, "candidates/review_saved.html", {"said": said})
    if kept:
        response["HX-Trigger"] = "eig:saved"
    return response


def _keep(request: SignedInRequest, review: Review, form: ReviewForm) -> bool:
    """Save what is good of the grid; False when something was wrong, and said."""
    valid = form.is_valid()
    try:
        save_review(review, by=request.user, at=moment(review.application.promotion), **form.values())
    except REFUSALS as reason:
        form.add_error(None, str(reason))
        return False
    return valid


@require_POST
def review_sign(request: SignedInRequest, code: str) -> HttpResponse:
    """Keep the marks, then sign: what is refused at the signature stays typed and saved."""
    review = _mine(request, code)
    if review.cleared_at is None:
        return redirect("candidates:review_edit", code)
    grid = grid_of(review.application.promotion_id, Stage.APPLICATION_READING)
    form = ReviewForm(grid, sheet=review.sheet, data=request.POST)
    if not _keep(request, review, form):
        return _reading_page(request, review, form, status=422)
    try:
        sign_review(review, by=request.user, at=moment(review.application.promotion))
    except REFUSALS as reason:
        form.add_error(None, str(reason))
        return _reading_page(request, review, form, status=422)
    messages.success(request, f"Votre lecture de {review.application} est signée. Merci !")
    if request.POST.get("then") == "next":
        return following(request, review)
    assigned = next(iter(waiting_among(readings_of(request.user))), None)
    if assigned is not None:
        return redirect("candidates:review_edit", assigned.sheet.code)
    return redirect("candidates:reading_list")


@require_POST
def review_clear(request: SignedInRequest, code: str) -> HttpResponse:
    """No conflict of interest: the dossier opens."""
    review = _mine(request, code)
    declare_no_conflict(review, by=request.user, at=moment(review.application.promotion))
    return redirect("candidates:review_edit", code)


@require_POST
def review_recuse(request: SignedInRequest, code: str) -> HttpResponse:
    """Step aside, before or after having read."""
    review = _mine(request, code)
    form = ConflictForm(request.POST)
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


def review_download(request: SignedInRequest, code: str, document: str) -> FileResponse:
    """Once cleared: the text of a file, printed without what tells who wrote it; the file, if names show."""
    review = _mine(request, code)
    if review.cleared_at is None:
        raise Http404
    application = review.application
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
    review = _mine(request, code)
    if review.cleared_at is None:
        raise Http404
    ask_anonymous_prints(review.application, at=moment(review.application.promotion))
    wake_workshop_after_commit()
    messages.info(request, "Les PDF sont en préparation : rechargez la page dans quelques instants.")
    return redirect("candidates:review_edit", code)


def _conflict_page(
    request: SignedInRequest, review: Review, form: ConflictForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "review": review,
        "application": review.application,
        "promotion": review.application.promotion,
        "trades": trades_of(review.application),
        "form": form,
    }
    return render(request, "candidates/review_conflict.html", context, status=status)


def _comment_hint(form: ReviewForm) -> str:
    floor = form.grid.grid.comment_required_below
    said = str(form.fields["comment"].help_text)
    return f"{said} Obligatoire quand la moyenne est inférieure à {floor}." if floor is not None else said


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
    is_signed = review.sheet.status == SheetStatus.SIGNED
    dossier = anonymous_dossier(application, asked, files_of(application, asked))
    mine = list(readings_of(request.user).filter(application__promotion=promotion))
    waiting = waiting_among(mine)
    form.amendments = {item.criterion_id: item for item in reversed(amendments_of(form.grid))}
    context: dict[str, Any] = {
        "review": review,
        "application": application,
        "promotion": promotion,
        "form": form,
        "trades": trades_of(application),
        "sections": dossier.sections,
        "files": _files_shown(dossier, is_anonymous=promotion.anonymous_shortlisting),
        "is_signed": is_signed,
        "may_sign": not is_signed and application.status == Status.SUBMITTED,
        "others": list(others_signed(review)),
        "grid": form.grid,
        "recusal": ConflictForm(auto_id="deport_%s"),
        "comment_hint": _comment_hint(form),
        "signed_count": len([item for item in mine if item.sheet.status == SheetStatus.SIGNED]),
        "all_count": len(waiting) + len([item for item in mine if item.sheet.status == SheetStatus.SIGNED]),
        "shortcuts": not request.session.get(SHORTCUTS_OFF, False),
    }
    return render(request, "candidates/review_edit.html", context, status=status)
