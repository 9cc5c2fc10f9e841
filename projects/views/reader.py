"""A reader's desk: the queue, the conflict declared first, the dossier beside the grid."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import answers_shown
from eig.evaluation.actions import MarksMissing, SheetClosed
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.queries import grid_of
from eig.evaluation.rules import mean_mark, shown
from eig.lifecycle import IllegalMove
from eig.promotions.queries import moment
from projects.actions import (
    CommentMissing,
    ConflictNotDeclared,
    NotAReader,
    NothingLeft,
    ReaderBarred,
    ReadingOver,
    declare_no_conflict,
    recuse_reader,
    save_review,
    sign_review,
    take_next,
)
from projects.choices import Status
from projects.forms import ConflictForm, RecusalForm, ReviewForm
from projects.forms.reading import CONFLICT
from projects.models import Review
from projects.queries import desk_of, editors_of, readings_of
from projects.queries.reading import queues_of, reader_ties

REFUSALS = (CommentMissing, ConflictNotDeclared, IllegalMove, MarksMissing, ReadingOver, SheetClosed)


def _own_review(request: SignedInRequest, sheet: str) -> Review:
    return get_object_or_404(readings_of(request.user), sheet__code=sheet)


def review_list(request: SignedInRequest) -> HttpResponse:
    readings = readings_of(request.user)
    context = {
        "page": Paginator(readings, 25).get_page(request.GET.get("page")),
        "left": readings.filter(sheet__status=SheetStatus.DRAFT, project__status=Status.ELIGIBLE).count(),
        "queues": queues_of(request.user),
    }
    return render(request, "projects/review_list.html", context)


@require_POST
def review_take(request: SignedInRequest, promotion: str) -> HttpResponse:
    """The queue hands out what lacks readings most; the place is kept for half an hour."""
    row = get_object_or_404(queues_of(request.user), code=promotion)
    try:
        review = take_next(row, by=request.user, at=moment(row))
    except (NotAReader, NothingLeft, ReaderBarred, ReadingOver) as reason:
        messages.info(request, str(reason))
        return redirect("projects:review_list")
    return redirect("projects:conflict_declare", review.sheet.code)


def conflict_declare(request: SignedInRequest, sheet: str) -> HttpResponse:
    """Name the project and its people; open the dossier, or step aside."""
    review = _own_review(request, sheet)
    if review.cleared_at:
        return redirect("projects:review_edit", sheet)
    form = ConflictForm(request.POST if request.method == "POST" else None)
    now = moment(review.project.promotion)
    if form.is_valid():
        if form.cleaned_data["answer"] == CONFLICT:
            recuse_reader(
                review.project,
                person=request.user,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=now,
            )
            messages.success(
                request, "Votre déport est enregistré. Ce projet sera lu par une autre personne."
            )
            return redirect("projects:review_list")
        declare_no_conflict(review, by=request.user, at=now)
        return redirect("projects:review_edit", sheet)
    context = {
        "review": review,
        "project": review.project,
        "editors": editors_of(review.project),
        "contacts": [review.project.answers.get(code) or {} for code in ("sponsor", "lead")],
        "links": review.project.links.select_related("administration").order_by("role", "pk"),
        "hint": reader_ties(review.project.promotion, [request.user], [review.project]).get(
            (review.project_id, request.user.pk), ""
        ),
        "form": form,
    }
    return render(request, "projects/conflict_declare.html", context, status=422 if form.is_bound else 200)


def review_edit(request: SignedInRequest, sheet: str) -> HttpResponse:
    """The dossier beside the grid; « signer » first saves, then asks to confirm."""
    review = _own_review(request, sheet)
    if review.cleared_at is None:
        return redirect("projects:conflict_declare", sheet)
    project = review.project
    grid = grid_of(project.promotion_id, Stage.PROJECT_READING)
    others = desk_of(review)
    marks = {mark.criterion_id: mark for mark in review.sheet.marks.all()}
    posted = request.POST if request.method == "POST" else None
    form = ReviewForm(posted, grid=grid, sheet=review.sheet, marks=marks)
    if posted is not None and form.is_valid():
        try:
            save_review(review, by=request.user, at=moment(project.promotion), **form.values())
        except REFUSALS as reason:
            form.add_error(None, str(reason))
        else:
            if request.headers.get("HX-Request"):
                return render(request, "projects/saved.html", {"saved_at": timezone.now()})
            if request.POST.get("then") == "sign":
                return redirect("projects:review_sign", sheet)
            messages.success(
                request, "Vos notes sont enregistrées. Elles restent modifiables jusqu’à la signature."
            )
            return redirect("projects:review_edit", sheet)
    if request.headers.get("HX-Request"):
        return render(request, "projects/saved.html", {"errors": form.errors.values()}, status=422)
    signed = review.sheet.status == SheetStatus.SIGNED
    context = {
        "review": review,
        "project": project,
        "promotion": project.promotion,
        "grid": grid.grid,
        "form": form,
        "marks": [(criterion, marks.get(criterion.pk)) for criterion in grid.criteria],
        "sections": answers_shown(
            form_of(project.promotion, FormKind.PROJECT), project.answers, readers_only=True
        ),
        "is_signed": signed,
        "is_open": not signed and project.status == Status.ELIGIBLE,
        "others": [
            (other, shown(mean_mark([other.sheet.total or 0], weight=grid.total_weight))) for other in others
        ],
    }
    return render(request, "projects/review_edit.html", context, status=422 if form.is_bound else 200)


def review_sign(request: SignedInRequest, sheet: str) -> HttpResponse:
    """Two steps: read the marks again, then sign; signed marks no longer change."""
    review = _own_review(request, sheet)
    if review.cleared_at is None:
        return redirect("projects:conflict_declare", sheet)
    if request.method == "POST":
        try:
            sign_review(review, by=request.user, at=moment(review.project.promotion))
        except REFUSALS as reason:
            messages.error(request, str(reason))
            return redirect("projects:review_edit", sheet)
        messages.success(request, "Votre grille est signée. Merci pour cette lecture.")
        return redirect("projects:review_list")
    if review.sheet.status != SheetStatus.DRAFT:
        return redirect("projects:review_edit", sheet)
    grid = grid_of(review.project.promotion_id, Stage.PROJECT_READING)
    marks = {mark.criterion_id: mark for mark in review.sheet.marks.all()}
    context = {
        "review": review,
        "project": review.project,
        "marks": [(criterion, marks.get(criterion.pk)) for criterion in grid.criteria],
        "verdict": dict(grid.grid.verdicts).get(review.sheet.verdict, ""),
    }
    return render(request, "projects/review_sign.html", context)


def review_recuse(request: SignedInRequest, sheet: str) -> HttpResponse:
    """A conflict seen while reading: step aside at any time before signing."""
    review = _own_review(request, sheet)
    form = RecusalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        recuse_reader(
            review.project,
            person=request.user,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=moment(review.project.promotion),
        )
        messages.success(request, "Votre déport est enregistré. Ce projet sera lu par une autre personne.")
        return redirect("projects:review_list")
    context = {"review": review, "project": review.project, "form": form}
    return render(request, "projects/review_recuse.html", context, status=422 if form.is_bound else 200)
