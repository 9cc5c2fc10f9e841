"""A reader's desk: the queue, the conflict declared first, the dossier beside the grid."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.answers import form_page
from eig.design.saving import saves_itself
from eig.dossiers.choices import FormKind
from eig.dossiers.desks import Crumb
from eig.dossiers.queries import form_of
from eig.dossiers.rules import answers_shown
from eig.evaluation.actions import declare_no_conflict, save_review, sign_review
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.forms import CONFLICT, ConflictForm, ReviewForm
from eig.evaluation.queries import desk_of, grid_of, is_being_read
from eig.evaluation.rules import shown_total
from eig.evaluation.views.reader import (
    NOT_HANDED,
    REFUSALS,
    autosaved,
    keep,
    own_reading,
    own_sheet,
    reading_at,
    sign_page,
)
from eig.evaluation.views.recusal import recusal_page
from eig.promotions.queries import moment
from projects.actions import recuse_reader, take_next
from projects.models import Project, Review
from projects.queries import editors_of, readings_of
from projects.queries.reading import being_read, queues_of, reader_ties


def review_list(request: SignedInRequest) -> HttpResponse:
    readings = readings_of(request.user)
    context = {
        "page": Paginator(readings, 25).get_page(request.GET.get("page")),
        "open": set(being_read().filter(reviews__reader=request.user).values_list("pk", flat=True)),
        "left": readings.filter(sheet__status=SheetStatus.DRAFT, project__in=being_read()).count(),
        "queues": queues_of(request.user),
    }
    return render(request, "projects/review_list.html", context)


@require_POST
def review_take(request: SignedInRequest, promotion: str) -> HttpResponse:
    """The queue hands out what lacks readings most; the place is kept for half an hour."""
    row = get_object_or_404(queues_of(request.user), code=promotion)
    with Doing(request, NOT_HANDED, refused=messages.info):
        review = take_next(row, by=request.user, at=moment(row))
        return redirect("projects:conflict_declare", review.sheet.code)
    return redirect("projects:review_list")


ASIDE = "Votre déport est enregistré. Ce projet sera lu par une autre personne."


def conflict_declare(request: SignedInRequest, sheet: str) -> HttpResponse:
    """Name the project and its people; open the dossier, or step aside."""
    review = reading_at(Review, request, sheet)
    if review.cleared_at:
        return redirect("projects:review_edit", sheet)
    form = ConflictForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if form.cleaned_data["answer"] == CONFLICT:
            reason, at = form.cleaned_data["reason"], moment(review.project.promotion)
            recuse_reader(review.project, person=request.user, reason=reason, by=request.user, at=at)
            messages.success(request, ASIDE)
            return redirect("projects:review_list")
        with Doing(request, REFUSALS) as done:
            declare_no_conflict(review, by=request.user, at=moment(review.project.promotion))
        return redirect("projects:review_edit", sheet) if done else redirect("projects:review_list")
    ties = reader_ties(review.project.promotion, [request.user], [review.project])
    hint = ties.get((review.project_id, request.user.pk), "")
    crumbs = _crumbs(review)
    return conflict_page(request, form, review.project, title="Avant de lire", crumbs=crumbs, hint=hint)


def conflict_page(
    request: SignedInRequest,
    form: ConflictForm,
    project: Project,
    *,
    title: str,
    crumbs: list[Crumb],
    hint: str,
) -> HttpResponse:
    """Who is behind a project, and a sign of a tie with them; `crumbs` end with the project's own page."""
    context = {
        "title": title,
        "above": crumbs[0],
        "project": project,
        "editors": editors_of(project),
        "contacts": [project.answers.get(code) or {} for code in ("sponsor", "lead")],
        "links": project.links.select_related("administration").order_by("role", "pk"),
        "hint": hint,
        "form": form,
    }
    return form_page(request, "projects/conflict.html", context)


def review_edit(request: SignedInRequest, sheet: str) -> HttpResponse:
    """The dossier beside the grid; « signer » first saves, then asks to confirm."""
    review = reading_at(Review, request, sheet)
    if review.cleared_at is None:
        return redirect("projects:conflict_declare", sheet)
    grid = grid_of(review.project.promotion_id, Stage.PROJECT_READING)
    form = ReviewForm(request.POST if request.method == "POST" else None, grid=grid, sheet=review.sheet)
    if request.method != "POST":
        return _reading_page(request, review, form)
    at = moment(review.project.promotion)
    kept = keep(form, partial(save_review, review, by=request.user, at=at))
    if saves_itself(request):
        return autosaved(request, form, sheet=review.sheet, kept=kept)
    if not kept and not is_being_read(review):
        messages.error(request, " ".join(map(str, form.non_field_errors())))
        return redirect("projects:review_list")
    if not kept:
        return _reading_page(request, review, form, status=422)
    if request.POST.get("then") == "sign":
        return redirect("projects:review_sign", sheet)
    messages.success(request, "Vos notes sont enregistrées. Elles restent modifiables jusqu’à la signature.")
    return redirect("projects:review_edit", sheet)


def _reading_page(
    request: SignedInRequest, review: Review, form: ReviewForm, *, status: int = 200
) -> HttpResponse:
    project, weight, others = review.project, form.grid.total_weight, desk_of(review)
    marks = {mark.criterion_id: mark for mark in review.sheet.marks.all()}
    context: dict[str, Any] = {
        "review": review,
        "project": project,
        "promotion": project.promotion,
        "grid": form.grid.grid,
        "form": form,
        "marks": [(criterion, marks.get(criterion.pk)) for criterion in form.grid.criteria],
        "sections": answers_shown(
            form_of(project.promotion, FormKind.PROJECT), project.answers, readers_only=True
        ),
        "is_signed": review.sheet.status == SheetStatus.SIGNED,
        "others": [(other, shown_total(other.sheet.total, weight=weight)) for other in others],
    }
    return render(request, "projects/review_edit.html", context, status=status)


def review_sign(request: SignedInRequest, sheet: str) -> HttpResponse:
    """Two steps: read the marks again, then sign; signed marks no longer change."""
    review = reading_at(Review, request, sheet)
    if review.cleared_at is None:
        return redirect("projects:conflict_declare", sheet)
    if request.method == "POST":
        with Doing(request, REFUSALS, said="Votre grille est signée. Merci pour cette lecture.") as done:
            sign_review(review, by=request.user, at=moment(review.project.promotion))
        over = done or not is_being_read(review)
        return redirect("projects:review_list") if over else redirect("projects:review_edit", sheet)
    if review.sheet.status != SheetStatus.DRAFT:
        return redirect("projects:review_edit", sheet)
    return sign_page(
        request,
        review.sheet,
        grid_of(review.project.promotion_id, Stage.PROJECT_READING),
        crumbs=_crumbs(review),
        title="Signer ma grille",
        subject=review.project.title,
        label="Signer",
        words="Une fois la grille signée, vos notes ne changent plus. "
        "Vous verrez alors celles des autres lecteurs.",
    )


def _crumbs(review: Review) -> list[Crumb]:
    here = reverse("projects:review_edit", args=[review.sheet.code])
    return [
        Crumb("Mes lectures de projets", reverse("projects:review_list")),
        Crumb(review.project.title, here),
    ]


def review_detail(request: SignedInRequest, sheet: str) -> HttpResponse:
    """What I signed, as I signed it, once the dossier is closed too."""
    title = own_reading(Review, request, sheet).project.title
    back = reverse("projects:review_list")
    return own_sheet(Review, request, sheet, title=title, back=back, mine="Mes lectures de projets")


def review_recuse(request: SignedInRequest, sheet: str) -> HttpResponse:
    """A conflict seen while reading: step aside at any time."""
    review = own_reading(Review, request, sheet)
    return recusal_page(
        request,
        review.project.promotion,
        partial(recuse_reader, review.project, person=request.user),
        subject=review.project.title,
        words="Vos notes sur ce projet ne compteront pas, et une autre personne le lira.",
        crumbs=_crumbs(review),
        said=ASIDE,
    )
