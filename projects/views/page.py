"""Between the decision and the reveal: refine the profiles, write the public page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.design.answers import form_page
from eig.lifecycle import IllegalMove
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from projects.actions import SeatsOutOfRange, describe_project, propose_position
from projects.choices import ProposalStatus, Status
from projects.documents import parts_of
from projects.forms import PageForm, PositionForm, body_formset, typed_parts
from projects.models import Project
from projects.queries import positions_of, projects_listed
from projects.queries.page import page_words
from projects.queries.proposal import proposals_of
from projects.views.member import own_project

WRITABLE = {Status.LAUREATE, Status.PUBLISHED}


def position_edit(request: SignedInRequest, code: str, position: str) -> HttpResponse:
    project = own_project(request, code)
    row = get_object_or_404(positions_of(project), code=position)
    if project.status != Status.LAUREATE:
        messages.error(
            request, "Les profils ne se précisent qu’entre l’annonce des lauréats et la publication du défi."
        )
        return redirect("projects:project_detail", code)
    awaited = proposals_of(project).filter(position=row, status=ProposalStatus.PROPOSED).first()
    form = PositionForm(
        request.POST if request.method == "POST" else None,
        position=row,
        proposal=awaited,
        promotion=project.promotion,
    )
    if form.is_valid():
        try:
            proposal = propose_position(row, by=request.user, at=moment(project.promotion), **form.values())
        except SeatsOutOfRange as reason:
            form.add_error("seats", str(reason))
        except IllegalMove as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(
                request,
                "Le profil est proposé à l’équipe programme, qui vous répondra."
                if proposal
                else "Rien ne change : le profil reste comme il est.",
            )
            return redirect("projects:project_detail", code)
    context = {
        "project": project,
        "promotion": project.promotion,
        "position": row,
        "form": form,
        "awaited": awaited,
        "latest": proposals_of(project).filter(position=row).first(),
    }
    return form_page(request, "projects/position_edit.html", context)


def _edit(request: SignedInRequest, project: Project, *, template: str, back: str) -> HttpResponse:
    words = page_words(project)
    posted = request.POST if request.method == "POST" else None
    context: dict[str, object] = {"project": project, "promotion": project.promotion, "back": back}
    if posted is not None and "add_row" in posted:
        context["form"] = PageForm(initial=posted.dict())
        context["body"] = body_formset(body=[*typed_parts(posted), {}])
        return render(request, template, context)
    form = PageForm(posted, initial=words.initial)
    body = body_formset(posted, body=words.body)
    if posted is not None and form.is_valid() and body.is_valid():
        with Doing(request, IllegalMove, said="La page du défi est enregistrée.", form=form) as done:
            describe_project(
                project, body=body.parts(), by=request.user, at=moment(project.promotion), **form.cleaned_data
            )
        if done:
            return redirect(back)
    context |= {"form": form, "body": body}
    return render(request, template, context, status=422 if posted is not None else 200)


def page_edit(request: SignedInRequest, code: str) -> HttpResponse:
    project = own_project(request, code)
    if project.status != Status.LAUREATE:
        messages.error(request, "La page du défi s’écrit entre l’annonce des lauréats et la publication.")
        return redirect("projects:project_detail", code)
    back = reverse("projects:page_preview", args=[code])
    return _edit(request, project, template="projects/page_edit.html", back=back)


def page_preview(request: SignedInRequest, code: str) -> HttpResponse:
    """The page as the public will read it; shown to the project's people only."""
    project = own_project(request, code)
    draft = getattr(project, "page_draft", None)
    if draft is None or project.status not in WRITABLE:
        return redirect("projects:project_detail", code)
    context = {
        "project": project,
        "promotion": project.promotion,
        "page": draft,
        "parts": parts_of(draft),
        "positions": list(positions_of(project)),
    }
    return render(request, "projects/page_preview.html", context)


@staff_only
def staff_page_edit(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    """Staff may write or correct the page, published ones too."""
    row = get_object_or_404(Promotion, code=promotion)
    project = get_object_or_404(projects_listed(row), code=code)
    back = reverse("projects:staff_project_detail", args=[promotion, code])
    if project.status not in WRITABLE:
        messages.error(request, "Seul un projet lauréat a une page publique à préparer.")
        return redirect(back)
    return _edit(request, project, template="projects/staff/staff_page_edit.html", back=back)
