"""Hand projects out to readers, by the rule or by hand."""

from collections import Counter
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.accounts.models import User
from eig.deeds import Doing
from eig.design.answers import form_page
from eig.design.templatetags.words import counted
from eig.evaluation.choices import Stage
from eig.evaluation.forms import AssignForm, RecusalForm
from eig.evaluation.models import Reader
from eig.evaluation.queries import grid_of, lacking_readings
from eig.evaluation.rules import Distribution, distribution
from eig.evaluation.views.reader import NOT_HANDED
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from projects.actions import ask_reading, assign_reader, dismiss_reader, hand_out_readings, recuse_reader
from projects.models import Project, Review
from projects.queries import projects_being_read, reader_desks, readers_to_choose, reading_board, reviews_of
from projects.queries.reading import reading_lines
from projects.views.staff.project import project_in


@staff_only
def staff_reading_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Who holds how much, which project lacks readings, where two readers differ."""
    row = get_object_or_404(Promotion, code=promotion)
    grid = grid_of(row, Stage.PROJECT_READING)
    wanted = {item.dossier: item.count for item in lacking_readings(Review, row)}
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
        "lacking": sum(wanted.values()),
    }
    return render(request, "projects/staff/staff_reading_list.html", context)


@require_POST
@staff_only
def staff_reading_distribute(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Apply the distribution: a line per reading says who got it, or that nobody can."""
    row = get_object_or_404(Promotion, code=promotion)
    plan = hand_out_readings(row, by=request.user, at=moment(row))
    context = {"promotion": row, "rows": _lines(plan), "made": len(plan.pairs), "is_done": True}
    return render(request, "projects/staff/staff_reading_preview.html", context)


def _lines(plan: Distribution) -> list[tuple[Project, User | None]]:
    """A row per reading, those that nobody can take last."""
    projects = Project.objects.select_related("administration").in_bulk(
        {*(project for project, _ in plan.pairs), *plan.unmet}
    )
    people = User.objects.in_bulk({person for _, person in plan.pairs})
    given = [(projects[project], people[person]) for project, person in plan.pairs]
    return given + [(projects[pk], None) for pk, count in plan.unmet.items() for _ in range(count)]


@staff_only
def staff_reading_preview(request: SignedInRequest, promotion: str) -> HttpResponse:
    """What the rule would hand out, and each person's load after it; nothing is written."""
    row = get_object_or_404(Promotion, code=promotion)
    board = reading_board(row)
    plan = distribution(board.lacking, board.loads, barred=board.barred)
    more = Counter(person for _, person in plan.pairs)
    context = {
        "promotion": row,
        "rows": _lines(plan),
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
    with Doing(request, NOT_HANDED) as done:
        review = ask_reading(project, by=request.user, at=moment(project.promotion))
        done.said = f"{review.reader} lira aussi « {project.title} »."
    return redirect("projects:staff_reading_list", promotion)


@require_POST
@staff_only
def staff_reader_assign(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    project = project_in(promotion, code)
    form = AssignForm(request.POST, readers=readers_to_choose(project))
    if not form.is_valid():
        messages.error(request, "Choisissez une personne parmi les lectrices et lecteurs nommés.")
        return redirect("projects:staff_project_detail", promotion, code)
    with Doing(request, NOT_HANDED) as done:
        assign_reader(project, reader=form.person(), by=request.user, at=moment(project.promotion))
        done.said = f"{form.person()} lira ce projet."
    return redirect("projects:staff_project_detail", promotion, code)


@require_POST
@staff_only
def staff_reader_dismiss(request: SignedInRequest, promotion: str, person: UUID) -> HttpResponse:
    """A reader leaves: what they had not signed is free, and the new distribution is shown."""
    row = get_object_or_404(Promotion, code=promotion)
    readers = Reader.objects.select_related("person").filter(promotion=row, stage=Stage.PROJECT_READING)
    reader = get_object_or_404(readers, person__code=person)
    freed = dismiss_reader(row, person=reader.person, by=request.user, at=moment(row))
    messages.success(
        request,
        f"{reader.person} ne lit plus pour cette promotion. "
        f"{counted(freed, 'lecture')} à confier de nouveau : en voici la répartition proposée.",
    )
    return redirect("projects:staff_reading_preview", promotion)


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
    return form_page(request, "projects/staff/staff_reader_recuse.html", context)
