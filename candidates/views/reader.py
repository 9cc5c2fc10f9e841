"""The readers' pages: a queue, a conflict declared before the content, a dossier without a name, a grid."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from candidates.actions import (
    CommentMissing,
    ConflictNotDeclared,
    NotAReader,
    ReaderBarred,
    ReadingOver,
    declare_no_conflict,
    hand_out_next,
    recuse_reader,
    save_review,
    sign_review,
)
from candidates.choices import Status
from candidates.forms import ConflictForm, ReviewForm
from candidates.models import Review
from candidates.queries import (
    anonymous_answers,
    anonymous_files,
    files_of,
    is_application_reader,
    others_signed,
    promotions_read,
    readings_of,
    trades_of,
)
from eig.accounts.doors import SignedInRequest
from eig.documents.doors import serve
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.evaluation.actions import MarksMissing, SheetClosed
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.queries import grid_of
from eig.lifecycle import IllegalMove
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

REFUSALS = (ConflictNotDeclared, ReadingOver, CommentMissing, MarksMissing, SheetClosed, IllegalMove)


def _mine(request: SignedInRequest, code: str) -> Review:
    rows = readings_of(request.user).prefetch_related("sheet__marks__criterion")
    return get_object_or_404(rows, sheet__code=code)


def reading_list(request: SignedInRequest) -> HttpResponse:
    """What I have to read, what I have read. Nobody else's business: others find nothing here."""
    promotions = promotions_read(request.user)
    reviews = list(readings_of(request.user))
    if not promotions and not reviews:
        raise Http404
    waiting = [
        review
        for review in reviews
        if review.sheet.status == SheetStatus.DRAFT and review.application.status == Status.SUBMITTED
    ]
    signed = [review for review in reviews if review.sheet.status == SheetStatus.SIGNED]
    context = {
        "promotions": promotions,
        "waiting": waiting,
        "signed": signed,
        "total": len(waiting) + len(signed),
        "following": waiting[0] if waiting else None,
    }
    return render(request, "candidates/reading_list.html", context)


@require_POST
def reading_next(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Ask for one more application to read."""
    row = get_object_or_404(Promotion, code=promotion)
    if not is_application_reader(request.user, row):
        raise Http404
    try:
        review = hand_out_next(request.user, promotion=row, at=moment(row))
    except (NotAReader, ReaderBarred, ReadingOver) as reason:
        messages.warning(request, str(reason))
        return redirect("candidates:reading_list")
    if review is None:
        messages.info(request, "Aucune candidature n’attend de lecture pour vous. Merci !")
        return redirect("candidates:reading_list")
    return redirect("candidates:review_edit", review.sheet.code)


def review_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """The conflict question first, then the dossier beside the grid."""
    review = _mine(request, code)
    if review.cleared_at is None:
        return _conflict_page(request, review, ConflictForm())
    grid = grid_of(review.application.promotion_id, Stage.APPLICATION_READING)
    form = ReviewForm(grid, sheet=review.sheet, data=request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _reading_page(request, review, form)
    if not _keep(request, review, form):
        return _reading_page(request, review, form, status=422)
    messages.success(request, "Vos notes sont enregistrées. Elles ne comptent qu’une fois signées.")
    return redirect("candidates:review_edit", code)


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
    messages.success(request, "Votre lecture est signée. Merci !")
    following = (
        readings_of(request.user)
        .filter(sheet__status=SheetStatus.DRAFT, application__status=Status.SUBMITTED)
        .first()
    )
    if following is not None:
        return redirect("candidates:review_edit", following.sheet.code)
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
    """A checked file under a neutral name, once the absence of conflict is declared."""
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
    found = next(item for item in files if str(item.attachment.document.code) == shown.code)
    return serve(found.attachment.document, filename=shown.filename)


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


def _reading_page(
    request: SignedInRequest, review: Review, form: ReviewForm, *, status: int = 200
) -> HttpResponse:
    application = review.application
    asked = form_of(application.promotion, FormKind.APPLICATION)
    is_signed = review.sheet.status == SheetStatus.SIGNED
    context: dict[str, Any] = {
        "review": review,
        "application": application,
        "promotion": application.promotion,
        "form": form,
        "trades": trades_of(application),
        "sections": anonymous_answers(application, asked),
        "files": anonymous_files(files_of(application, asked), application, asked),
        "is_signed": is_signed,
        "may_sign": not is_signed and application.status == Status.SUBMITTED,
        "others": list(others_signed(review)),
        "grid": form.grid,
        "recusal": ConflictForm(auto_id="deport_%s"),
        "comment_hint": _comment_hint(form),
    }
    return render(request, "candidates/review_edit.html", context, status=status)
