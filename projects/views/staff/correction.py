"""The team asks for named answers to be set right, and looks at what came back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.dossiers.choices import FormKind
from eig.dossiers.views.correction import asking, looking
from eig.lifecycle import IllegalMove
from eig.mail.tasks import wake_after_commit
from eig.promotions.queries import moment
from projects.actions import ask_project_correction, cancel_project_correction
from projects.models import Correction
from projects.queries import project_for_staff


@staff_only
def staff_correction_ask(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    """Tick the answers, say why, give a delay."""
    project = get_object_or_404(project_for_staff(promotion), code=code)
    shown = asking(request, project, kind=FormKind.PROJECT, files=False, ask=ask_project_correction)
    if shown.asked:
        return redirect("projects:staff_correction_detail", promotion, shown.asked.code)
    context = shown.context | {"project": project}
    return render(request, "projects/staff/staff_correction_ask.html", context, status=shown.status)


def _correction(promotion: str, code: str) -> Correction:
    rows = Correction.objects.select_related("project__promotion", "asked_by", "ended_by")
    return get_object_or_404(rows, project__promotion__code=promotion, code=code)


@staff_only
def staff_correction_detail(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    """What was asked, and each answer before and after."""
    row = _correction(promotion, code)
    context = looking(row, kind=FormKind.PROJECT) | {"project": row.project}
    return render(request, "projects/staff/staff_correction_detail.html", context)


@require_POST
@staff_only
def staff_correction_cancel(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    row = _correction(promotion, code)
    try:
        cancel_project_correction(row, by=request.user, at=moment(row.project.promotion))
    except IllegalMove:
        messages.warning(request, "Cette demande est déjà terminée.")
    else:
        wake_after_commit()
        messages.success(request, "La demande est annulée, et la personne en est informée.")
    return redirect("projects:staff_correction_detail", promotion, code)
