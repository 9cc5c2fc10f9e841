"""The team asks for named answers to be set right, and looks at what came back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from candidates.actions import ask_application_correction, cancel_application_correction
from candidates.models import Correction
from candidates.queries import applications_visible_to
from eig.accounts.doors import SignedInRequest, staff_only
from eig.dossiers.choices import FormKind
from eig.dossiers.views.correction import asking, looking
from eig.lifecycle import IllegalMove
from eig.mail.tasks import wake_after_commit
from eig.promotions.queries import moment


@staff_only
def staff_correction_ask(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    """Tick the answers, say why, give a delay."""
    rows = applications_visible_to(request.user).filter(submitted_at__isnull=False)
    application = get_object_or_404(rows, promotion__code=promotion, code=code)
    shown = asking(
        request, application, kind=FormKind.APPLICATION, files=True, ask=ask_application_correction
    )
    if shown.asked:
        return redirect("candidates:staff_correction_detail", promotion, shown.asked.code)
    context = shown.context | {"application": application}
    return render(request, "candidates/staff/staff_correction_ask.html", context, status=shown.status)


def _correction(promotion: str, code: str) -> Correction:
    rows = Correction.objects.select_related(
        "application__promotion", "application__candidate", "asked_by", "ended_by"
    )
    return get_object_or_404(rows, application__promotion__code=promotion, code=code)


@staff_only
def staff_correction_detail(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    """What was asked, and each answer before and after."""
    row = _correction(promotion, code)
    context = looking(row, kind=FormKind.APPLICATION) | {"application": row.application}
    context["files"] = row.files.filter(former=True).select_related("document").order_by("pk")
    return render(request, "candidates/staff/staff_correction_detail.html", context)


@require_POST
@staff_only
def staff_correction_cancel(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    row = _correction(promotion, code)
    try:
        cancel_application_correction(row, by=request.user, at=moment(row.application.promotion))
    except IllegalMove:
        messages.warning(request, "Cette demande est déjà terminée.")
    else:
        wake_after_commit()
        messages.success(request, "La demande est annulée, et la personne en est informée.")
    return redirect("candidates:staff_correction_detail", promotion, code)
