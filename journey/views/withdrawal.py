"""Withdraw everywhere: explained first, done once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.journal.doors import shows
from eig.lifecycle import IllegalMove, may_move
from eig.promotions.queries import moment
from journey.actions.withdrawal import (
    InMission,
    ProjectStaffed,
    withdraw_application,
    withdraw_project_everywhere,
)
from projects.choices import Status as ProjectStatus
from projects.queries import project_for_staff


def application_withdraw(request: SignedInRequest, code: UUID) -> HttpResponse:
    """The page says what leaving undoes; the post does it, in every step at once."""
    application = get_object_or_404(
        Application.objects.filter(candidate=request.user).select_related("promotion"), code=code
    )
    if not may_move(application, ApplicationStatus.WITHDRAWN):
        messages.warning(request, "Cette candidature est déjà terminée.")
        return redirect("candidates:application_detail", code)
    if request.method == "POST":
        with Doing(request, (IllegalMove, InMission)) as done:
            withdraw_application(application, by=request.user, at=moment(application.promotion))
            done.said = "Votre candidature est retirée. Merci de l’avoir portée jusqu’ici."
        return redirect("candidates:application_detail", code)
    return render(
        request,
        "journey/application_withdraw.html",
        {"application": application, "promotion": application.promotion},
    )


@staff_only
def staff_project_withdraw(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    """Same address as `projects:staff_project_withdraw`, in front of it: wishes and auditions follow."""
    project = get_object_or_404(project_for_staff(promotion), code=code)
    shows(request, project)
    if request.method == "POST":
        with Doing(request, (IllegalMove, ProjectStaffed), prints=True) as done:
            lists, auditions = withdraw_project_everywhere(
                project, by=request.user, at=moment(project.promotion)
            )
            done.said = (
                f"« {project.title} » est retiré. Listes de vœux touchées : {lists}. "
                f"Auditions annulées : {auditions}."
            )
        return redirect("projects:staff_project_detail", promotion, code)
    context = {
        "promotion": project.promotion,
        "project": project,
        "is_published": project.status == ProjectStatus.PUBLISHED,
    }
    return render(request, "projects/staff/staff_project_withdraw.html", context)
