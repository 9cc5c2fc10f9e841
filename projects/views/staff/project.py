"""The programme team's list of projects, one project from all sides, eligibility."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.design.answers import form_page
from eig.documents.printing import ready_document
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import answers_shown
from eig.evaluation.forms import AssignForm
from eig.evaluation.queries import reading_summary
from eig.journal.doors import shows
from eig.journal.queries import history_of
from eig.lifecycle import IllegalMove, may_move
from eig.listing.views import list_page
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from projects.actions import ConditionUnmet, accept_eligibility, refuse_eligibility, withdraw_project
from projects.choices import Status
from projects.documents.letter import LETTER
from projects.forms import RefusalForm
from projects.models import Project
from projects.queries import PROJECTS, funnel, positions_of, project_for_staff, readers_to_choose, reviews_of
from projects.queries.eligibility import check_list, refusal_built
from projects.queries.hearing import hearing_of
from projects.queries.proposal import proposals_awaited
from projects.views.visa_state import visa_lines


def project_in(request: SignedInRequest, promotion: str, code: str) -> Project:
    """One project, to show or to act upon."""
    project = get_object_or_404(project_for_staff(promotion), code=code)
    shows(request, project)
    return project


@staff_only
def staff_project_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    return list_page(
        request, row, PROJECTS, template="projects/staff/staff_project_list.html", funnel=funnel(row)
    )


@staff_only
def staff_project_detail(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    project = project_in(request, promotion, code)
    reviews = list(reviews_of(project))
    summary = reading_summary(reviews, gap=project.promotion.third_reader_gap)
    is_chosen = project.status in {Status.LAUREATE, Status.PUBLISHED}
    form = form_of(project.promotion, FormKind.PROJECT)
    context = {
        "promotion": project.promotion,
        "project": project,
        "sections": answers_shown(form, project.answers),
        # Until it is chosen, its profiles are those of the dossier.
        "positions": positions_of(project) if is_chosen else [],
        "readings": [(review, summary.means.get(review.pk)) for review in reviews],
        "summary": summary,
        "decisions": project.decisions.select_related("wave", "proposed_by").order_by("-proposed_at", "-pk"),
        "history": history_of(project)[:30],
        "assign": _assign_form(project),
        "conditions": check_list(project),
        # Read while eligibility is checked; the dossier was handed in with all of them.
        "visas": visa_lines(project, form=form) if project.status == Status.SUBMITTED else [],
        "has_letter": project.status == Status.INELIGIBLE and ready_document(LETTER, project.pk) is not None,
        "hearing": hearing_of(project),
        "proposals": proposals_awaited(project) if project.status == Status.LAUREATE else [],
        "corrections": list(project.corrections.order_by("-asked_at", "-pk")),
        "may_correct": project.status in {Status.SUBMITTED, Status.ELIGIBLE},
        "may_accept": may_move(project, Status.ELIGIBLE),
        "may_refuse": may_move(project, Status.INELIGIBLE),
        "may_withdraw": may_move(project, Status.WITHDRAWN),
        "has_page": is_chosen,
        "is_published": project.status == Status.PUBLISHED,
    }
    return render(request, "projects/staff/staff_project_detail.html", context)


def _assign_form(project: Project) -> AssignForm | None:
    return AssignForm(readers=readers_to_choose(project)) if project.status == Status.ELIGIBLE else None


@require_POST
@staff_only
def staff_eligibility_accept(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    project = project_in(request, promotion, code)
    with Doing(request, (ConditionUnmet, IllegalMove), said=f"« {project.title} » est recevable."):
        accept_eligibility(project, by=request.user, at=moment(project.promotion))
    return redirect("projects:staff_project_detail", promotion, code)


@staff_only
def staff_eligibility_refuse(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    project = project_in(request, promotion, code)
    built = refusal_built(check_list(project))
    form = RefusalForm(request.POST if request.method == "POST" else None, initial={"reason": built})
    if form.is_valid():
        with Doing(request, IllegalMove, prints=True) as done:
            refuse_eligibility(
                project, reason=form.cleaned_data["reason"], by=request.user, at=moment(project.promotion)
            )
            done.said = "Le projet est écarté, et son équipe en est informée."
        return redirect("projects:staff_project_detail", promotion, code)
    context = {"promotion": project.promotion, "project": project, "form": form}
    return form_page(request, "projects/staff/staff_eligibility_refuse.html", context)


@staff_only
def staff_project_withdraw(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    """Two steps: what changes, then the deed. A published page stays, and says the défi is withdrawn."""
    project = project_in(request, promotion, code)
    if request.method == "POST":
        with Doing(request, IllegalMove, said=f"« {project.title} » est retiré.", prints=True):
            withdraw_project(project, by=request.user, at=moment(project.promotion))
        return redirect("projects:staff_project_detail", promotion, code)
    context = {
        "promotion": project.promotion,
        "project": project,
        "is_published": project.status == Status.PUBLISHED,
    }
    return render(request, "projects/staff/staff_project_withdraw.html", context)
