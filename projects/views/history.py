"""What the readers of a project will read, shown to those who write it."""

from django.http import HttpResponse
from django.shortcuts import render

from eig.accounts.doors import SignedInRequest
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import answers_shown
from projects.choices import Status
from projects.views.member import own_project


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
