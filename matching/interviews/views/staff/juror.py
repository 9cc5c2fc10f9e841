"""Jurors as the programme team appoints them, and the conflicts to settle."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.models import Application
from eig.accounts.doors import SignedInRequest, staff_only
from eig.juries.actions import IsCandidate
from eig.listing.views import list_page
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.interviews import actions
from matching.interviews.actions.juror import JurorInUse, dismiss_juror
from matching.interviews.forms import JurorForm, ReasonForm
from matching.interviews.models import PanelSeat
from matching.interviews.queries import conflict_lines, juror_detail
from matching.interviews.queries.listing import JURORS


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def juror_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    return list_page(request, row, JURORS, template="interviews/staff/juror_list.html")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def juror_appoint(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    form = JurorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            juror = actions.appoint_by_email(row, by=request.user, at=moment(row), **form.cleaned_data)
        except IsCandidate as reason:
            form.add_error("email", str(reason))
        else:
            wake_after_commit()
            messages.success(request, f"{juror} est juré·e de la promotion et en est averti·e par courriel.")
            return redirect("interviews:juror_show", row.code, juror.code)
    return render(request, "interviews/staff/juror_appoint.html", {"promotion": row, "form": form})


@require_safe
@staff_only
def juror_show(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    juror = get_object_or_404(juror_detail(row), code=code)
    context = {
        "promotion": row,
        "juror": juror,
        "seats": list(PanelSeat.objects.filter(juror=juror).select_related("panel").order_by("during", "pk")),
        "conflicts": conflict_lines(juror),
    }
    return render(request, "interviews/staff/juror_show.html", context)


@require_POST
@staff_only
def juror_dismiss(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    juror = get_object_or_404(juror_detail(row), code=code)
    try:
        dismiss_juror(juror, by=request.user, at=moment(row))
    except JurorInUse as reason:
        messages.error(request, str(reason))
        return redirect("interviews:juror_show", row.code, code)
    messages.success(request, f"{juror.person} ne fait plus partie des jurys de la promotion.")
    return redirect("interviews:juror_list", row.code)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def juror_recuse(request: SignedInRequest, promotion: str, code: UUID, application: UUID) -> HttpResponse:
    """Record a juror's recusal on their behalf."""
    row = get_object_or_404(Promotion, code=promotion)
    juror = get_object_or_404(juror_detail(row), code=code)
    person = get_object_or_404(
        Application.objects.select_related("candidate"),
        code=application,
        promotion=row,
        submitted_at__isnull=False,
    )
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.recuse_juror(
            juror, application=person, reason=form.cleaned_data["reason"], by=request.user, at=moment(row)
        )
        messages.success(request, "Le déport est enregistré.")
        return redirect("interviews:juror_show", row.code, code)
    context = {"promotion": row, "juror": juror, "application": person, "form": form}
    return render(request, "interviews/staff/juror_recuse.html", context)
