"""Hand projects out to readers, by the rule or by hand."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of, readers_of
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from projects.actions import (
    NotAReader,
    NothingLeft,
    ReaderBarred,
    ReadingOver,
    ask_reading,
    assign_reader,
    hand_out_readings,
    readings_proposed,
    recuse_reader,
)
from projects.forms import AssignForm, RecusalForm
from projects.queries import projects_being_read, reader_desks, readings_wanted, reviews_of
from projects.queries.reading import reading_lines
from projects.views.staff.project import project_in


@staff_only
def staff_reading_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Who holds how much, which project lacks readings, where two readers differ."""
    row = get_object_or_404(Promotion, code=promotion)
    grid = grid_of(row, Stage.PROJECT_READING)
    wanted = readings_wanted(row, total_weight=grid.total_weight)
    page = Paginator(projects_being_read(row), 40).get_page(request.GET.get("page"))
    context = {
        "promotion": row,
        "desks": reader_desks(row),
        "page": page,
        "rows": reading_lines(
            list(page.object_list), wanted, weight=grid.total_weight, gap=row.third_reader_gap
        ),
        "gap": row.third_reader_gap,
        "now": moment(row),
        "lacking": sum(count for count in wanted.values() if count > 0),
    }
    return render(request, "projects/staff/staff_reading_list.html", context)


@require_POST
@staff_only
def staff_reading_distribute(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Apply the distribution: a line per reading says whether it was made, and why not."""
    row = get_object_or_404(Promotion, code=promotion)
    rows = hand_out_readings(row, by=request.user, at=moment(row))
    context = {"promotion": row, "rows": rows, "made": sum(not why for _, _, why in rows), "is_done": True}
    return render(request, "projects/staff/staff_reading_preview.html", context)


@staff_only
def staff_reading_preview(request: SignedInRequest, promotion: str) -> HttpResponse:
    """What the rule would hand out, and each person's load after it; nothing is written."""
    row = get_object_or_404(Promotion, code=promotion)
    pairs = readings_proposed(row)
    more = Counter(person.pk for _, person in pairs)
    context = {
        "promotion": row,
        "rows": [(project, person, "") for project, person in pairs],
        "desks": [
            (desk, more[desk.person.pk], desk.held + more[desk.person.pk]) for desk in reader_desks(row)
        ],
        "is_done": False,
    }
    return render(request, "projects/staff/staff_reading_preview.html", context)


@require_POST
@staff_only
def staff_reading_ask(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    """One reading more, when those made differ."""
    project = project_in(promotion, code)
    try:
        review = ask_reading(project, by=request.user, at=moment(project.promotion))
    except (NothingLeft, ReaderBarred, ReadingOver) as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"{review.reader} lira aussi « {project.title} ».")
    return redirect("projects:staff_reading_list", promotion)


@require_POST
@staff_only
def staff_reader_assign(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    project = project_in(promotion, code)
    people = [reader.person for reader in readers_of(project.promotion, Stage.PROJECT_READING)]
    form = AssignForm(request.POST, people=people)
    if not form.is_valid():
        messages.error(request, "Choisissez une personne parmi les lectrices et lecteurs nommés.")
        return redirect("projects:staff_project_detail", promotion, code)
    try:
        assign_reader(project, reader=form.person(), by=request.user, at=moment(project.promotion))
    except (NotAReader, ReaderBarred, ReadingOver) as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"{form.person()} lira ce projet.")
    return redirect("projects:staff_project_detail", promotion, code)


@staff_only
def staff_reader_recuse(request: SignedInRequest, promotion: str, code: str, sheet: str) -> HttpResponse:
    """A conflict that the reader did not see: recorded with its reason; the sheet no longer counts."""
    project = project_in(promotion, code)
    review = get_object_or_404(reviews_of(project), sheet__code=sheet)
    form = RecusalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        recuse_reader(
            project,
            person=review.reader,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=moment(project.promotion),
        )
        messages.success(request, f"Le déport de {review.reader} est enregistré.")
        return redirect("projects:staff_project_detail", promotion, code)
    context = {"promotion": project.promotion, "project": project, "review": review, "form": form}
    return render(
        request, "projects/staff/staff_reader_recuse.html", context, status=422 if form.is_bound else 200
    )
