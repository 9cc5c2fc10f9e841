"""What an administration does with its project, from the first line to « où en est mon projet »."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, entrance
from eig.deeds import Doing
from eig.dossiers.actions import NotReady
from eig.dossiers.choices import FormKind
from eig.dossiers.pages import review_context
from eig.dossiers.queries import form_of, last_edits
from eig.dossiers.rules import answers_shown
from eig.dossiers.views.writing import read_only
from eig.french import dates
from eig.lifecycle import IllegalMove, may_move
from eig.meetings.queries import project_ticket
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import PhaseNotOpen
from eig.promotions.models import Promotion
from eig.promotions.queries import moment, phase_of
from projects.actions import DraftExists, start_project, submit_project, withdraw_project
from projects.choices import Status
from projects.forms import StartForm
from projects.models import Project
from projects.queries import decision_told, editors_of, positions_of, projects_led_by, projects_visible_to
from projects.rules import NEXT, NOW
from projects.views.desk import DESK
from projects.views.visa_state import visas_context


def own_project(request: SignedInRequest, code: str) -> Project:
    return get_object_or_404(projects_led_by(request.user), code=code)


def project_list(request: SignedInRequest) -> HttpResponse:
    page = Paginator(projects_led_by(request.user), 20).get_page(request.GET.get("page"))
    return render(request, "projects/project_list.html", {"page": page})


@entrance("Pour proposer un projet, il faut un compte : vos collègues pourront écrire le dossier avec vous.")
def project_start(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion, is_archived=False)
    asked = form_of(row, FormKind.PROJECT).question("project_name")
    form = StartForm(
        request.POST if request.method == "POST" else None, max_length=asked.max_length or 80 if asked else 80
    )
    now = moment(row)
    if form.is_valid():
        try:
            project = start_project(row, title=form.cleaned_data["title"], by=request.user, at=now)
        except DraftExists as reason:
            form.add_error("title", str(reason))
        except PhaseNotOpen as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("projects:project_detail", project.code)
    drafts = projects_led_by(request.user).filter(promotion=row, status=Status.DRAFT)[:20]
    context = {"promotion": row, "form": form, "drafts": drafts, "phase": phase_of(row, PhaseKind.PROJECTS)}
    return render(request, "projects/project_start.html", context)


def project_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """Where my project is; for a draft, its contents and what is missing."""
    project = get_object_or_404(projects_visible_to(request.user), code=code)
    form = form_of(project.promotion, FormKind.PROJECT)
    editors = list(editors_of(project))
    is_draft = project.status == Status.DRAFT
    context = {
        "project": project,
        "promotion": project.promotion,
        "now": NOW[project.status],
        "coming": NEXT[project.status],
        "decision": decision_told(project) if project.decided_at else None,
        "editors": editors,
        "positions": [] if is_draft else positions_of(project),
        "is_own": any(editor.person_id == request.user.pk for editor in editors),
        "may_withdraw": may_move(project, Status.WITHDRAWN) and project.status != Status.PUBLISHED,
        "is_draft": is_draft,
        "corrections": [] if is_draft else list(project.corrections.order_by("-asked_at", "-pk")),
        "is_laureate": project.status == Status.LAUREATE,
        "is_published": project.status == Status.PUBLISHED,
        "has_draft_page": project.status == Status.LAUREATE and hasattr(project, "page_draft"),
    }
    if is_draft:
        phase = phase_of(project.promotion, PhaseKind.PROJECTS)
        context["deadline"] = dates.deadline(phase.closes_at) if phase else ""
        context |= review_context(
            form,
            project.answers,
            attached=(),
            address=partial(DESK.section_of, project),
            edits=last_edits(project, form),
        )
        context["read_only"] = read_only(DESK, project)
        context |= visas_context(project, may_submit=bool(context["may_submit"]))
        context["advice_url"] = (
            f"{reverse('meetings:advice_list', args=[project.promotion.code])}"
            f"?projet={project_ticket(project.code)}"
        )
    elif project.submitted_at:
        context["sections"] = answers_shown(form, project.answers)
    return render(request, "projects/project_detail.html", context)


def project_review(request: SignedInRequest, code: str) -> HttpResponse:
    project = own_project(request, code)
    if project.status != Status.DRAFT:
        return redirect("projects:project_detail", code)
    form = form_of(project.promotion, FormKind.PROJECT)
    phase = phase_of(project.promotion, PhaseKind.PROJECTS)
    context = {
        "project": project,
        "promotion": project.promotion,
        "sections": answers_shown(form, project.answers),
        "deadline": dates.deadline(phase.closes_at) if phase else "",
        **review_context(
            form,
            project.answers,
            attached=(),
            address=partial(DESK.section_of, project),
            edits=last_edits(project, form),
        ),
    }
    context |= visas_context(project, may_submit=bool(context["may_submit"]))
    return render(request, "projects/project_review.html", context)


@require_POST
def project_submit(request: SignedInRequest, code: str) -> HttpResponse:
    project = own_project(request, code)
    with Doing(request, (NotReady, PhaseNotOpen, IllegalMove), prints=True) as done:
        submit_project(project, by=request.user)
        done.said = "Votre dossier est déposé."
    return redirect("projects:receipt_detail" if done else "projects:project_review", code)


def project_withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """Two steps: explain, then do. A published défi is withdrawn by the programme team."""
    project = own_project(request, code)
    if not may_move(project, Status.WITHDRAWN) or project.status == Status.PUBLISHED:
        messages.error(request, "Ce projet ne peut plus être retiré d’ici. Écrivez à l’équipe programme.")
        return redirect("projects:project_detail", code)
    if request.method == "POST":
        with Doing(request, IllegalMove, said="Votre projet est retiré."):
            withdraw_project(project, by=request.user, at=moment(project.promotion))
        return redirect("projects:project_detail", code)
    context = {"project": project, "promotion": project.promotion, "is_draft": project.status == Status.DRAFT}
    return render(request, "projects/project_withdraw.html", context)
