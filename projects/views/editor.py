"""Several hands on one dossier: who writes it, who is invited."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from eig.accounts.doors import TOO_MANY_LETTERS, SignedInRequest, may_write_to
from eig.deeds import Doing
from eig.design.answers import form_page
from eig.promotions.queries import moment
from projects.actions import AlreadyEditor, LastLead, invite_editor, remove_editor, revoke_editor_invitation
from projects.choices import LeadRole
from projects.forms import InviteForm
from projects.models import Project
from projects.queries import editors_of, invitations_of
from projects.views.member import own_project


def _page(request: SignedInRequest, project: Project, form: InviteForm) -> HttpResponse:
    editors = list(editors_of(project))
    leads = {editor.person_id for editor in editors if editor.role == LeadRole.LEAD}
    context = {
        "project": project,
        "promotion": project.promotion,
        "form": form,
        "editors": [(editor, editor.person_id not in leads) for editor in editors],
        "invitations": invitations_of(project, at=moment(project.promotion)),
    }
    return form_page(request, "projects/editor_list.html", context)


def editor_list(request: SignedInRequest, code: str) -> HttpResponse:
    return _page(request, own_project(request, code), InviteForm())


@require_POST
def editor_invite(request: SignedInRequest, code: str) -> HttpResponse:
    project = own_project(request, code)
    form = InviteForm(request.POST)
    if form.is_valid() and not may_write_to(form.cleaned_data["email"], request):
        form.add_error("email", TOO_MANY_LETTERS)
    if form.is_valid():
        email = form.cleaned_data["email"]
        with Doing(request, AlreadyEditor, form=form, field="email") as done:
            invite_editor(project, email=email, by=request.user, at=moment(project.promotion))
            done.said = f"L’invitation part à {email}."
        if done:
            return redirect("projects:editor_list", code)
    return _page(request, project, form)


@require_POST
def editor_remove(request: SignedInRequest, code: str, person: str) -> HttpResponse:
    project = own_project(request, code)
    editor = get_object_or_404(editors_of(project), person__code=person)
    with Doing(request, LastLead, said=f"{editor.person} n’écrit plus ce projet."):
        remove_editor(project, person=editor.person, by=request.user, at=moment(project.promotion))
    if editor.person == request.user:
        return redirect("projects:project_list")
    return redirect("projects:editor_list", code)


@require_POST
def invitation_revoke(request: SignedInRequest, code: str) -> HttpResponse:
    project = own_project(request, code)
    now = moment(project.promotion)
    invitation = get_object_or_404(invitations_of(project, at=now), email=request.POST.get("email", ""))
    revoke_editor_invitation(project, invitation=invitation, by=request.user, at=now)
    messages.success(request, f"L’invitation envoyée à {invitation.email} est annulée.")
    return redirect("projects:editor_list", code)
