"""Before a project is read: its people are named, a sign of a tie is said, and the reader answers."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.answers import form_page, posted
from eig.dossiers.desks import Crumb
from eig.evaluation.actions import declare_no_conflict
from eig.evaluation.forms import CONFLICT, ConflictForm
from eig.evaluation.views.reading import reading_at, step_aside
from eig.evaluation.views.sheet import REFUSALS
from eig.journal.choices import Reader
from eig.journal.doors import shows
from eig.promotions.queries import moment
from projects.models import Project, Review
from projects.queries import editors_of
from projects.queries.reading import reader_ties
from projects.views.readings import READINGS


def conflict_declare(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Name the project and its people; open the dossier, or step aside."""
    review = reading_at(Review, request, code)
    if review.cleared_at:
        return redirect("projects:review_edit", code)
    form = ConflictForm(posted(request))
    if form.is_valid():
        if form.cleaned_data["answer"] == CONFLICT:
            return step_aside(request, READINGS, review, form.cleaned_data["reason"])
        with Doing(request, REFUSALS) as done:
            declare_no_conflict(review, by=request.user, at=moment(review.project.promotion))
        return redirect("projects:review_edit", code) if done else redirect("projects:review_list")
    ties = reader_ties(review.project.promotion, [request.user], [review.project])
    hint = ties.get((review.project_id, request.user.pk), "")
    crumbs = [
        Crumb(READINGS.mine, reverse("projects:review_list")),
        Crumb(review.project.title, reverse("projects:review_edit", args=[code])),
    ]
    title = "Avant de lire"
    return conflict_page(
        request, form, review.project, title=title, crumbs=crumbs, hint=hint, reader=Reader.READER
    )


def conflict_page(
    request: SignedInRequest,
    form: ConflictForm,
    project: Project,
    *,
    title: str,
    crumbs: list[Crumb],
    hint: str,
    reader: Reader,
) -> HttpResponse:
    """Who is behind a project, and a sign of a tie with them; `crumbs` end with the project's own page."""
    shows(request, project, reader=reader)
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
