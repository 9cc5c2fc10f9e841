"""What a project's writers look back at, and what its readers will read."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import answers_shown
from eig.dossiers.views.answer import Desk
from eig.dossiers.views.history import history_context, restore
from eig.promotions.queries import moment
from projects.actions import save_project_section
from projects.choices import Status
from projects.models import Project
from projects.views.member import answers_url, own_project, read_only, section_url


def _desk(request: SignedInRequest, project: Project) -> Desk:
    return Desk(
        project,
        FormKind.PROJECT,
        partial(section_url, project),
        answers_url(project),
        partial(save_project_section, project, by=request.user, at=moment(project.promotion)),
    )


def revision_list(request: SignedInRequest, code: str) -> HttpResponse:
    """Who wrote what in the dossier, and when."""
    project = own_project(request, code)
    context = history_context(request, _desk(request, project)) | {
        "project": project,
        "promotion": project.promotion,
        "may_write": project.status == Status.DRAFT and not read_only(project),
    }
    return render(request, "projects/revision_list.html", context)


@require_POST
def revision_restore(request: SignedInRequest, code: str) -> HttpResponse:
    project = own_project(request, code)
    restore(request, _desk(request, project))
    return redirect("projects:revision_list", code)


def project_preview(request: SignedInRequest, code: str) -> HttpResponse:
    """The dossier as a reader will have it: nothing more, nothing less."""
    project = own_project(request, code)
    form = form_of(project.promotion, FormKind.PROJECT)
    context = {
        "project": project,
        "promotion": project.promotion,
        "is_draft": project.status == Status.DRAFT,
        "sections": answers_shown(form, project.answers, readers_only=True),
    }
    return render(request, "projects/project_preview.html", context)
