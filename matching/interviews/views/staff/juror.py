"""Jurors as the programme team appoints them, and the conflicts to settle."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.models import Application
from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.answers import posted
from eig.juries.actions import IsCandidate
from eig.juries.forms import JurorForm
from eig.listing.views import list_page
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.interviews import actions
from matching.interviews.actions.juror import JurorInUse, dismiss_juror
from matching.interviews.forms import ReasonForm
from matching.interviews.models import PanelSeat
from matching.interviews.queries import conflict_lines, juror_detail
from matching.interviews.queries.listing import JURORS


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def juror_list(request: SignedInRequest, row: Promotion) -> HttpResponse:
    return list_page(request, row, JURORS, template="interviews/staff/juror_list.html")


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def juror_appoint(request: SignedInRequest, row: Promotion) -> HttpResponse:
    form = JurorForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with Doing(request, IsCandidate, form=form, field="email") as done:
            juror = actions.appoint_by_email(row, by=request.user, at=moment(row), **form.cleaned_data)
            done.said = f"{juror} est juré·e de la promotion et en est averti·e par courriel."
        if done:
            return redirect("interviews:juror_show", row.code, juror.code)
    return render(request, "interviews/staff/juror_appoint.html", {"promotion": row, "form": form})


@require_safe
@promotion_desk
def juror_show(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    juror = get_object_or_404(juror_detail(row), code=code)
    context = {
        "promotion": row,
        "juror": juror,
        "seats": list(PanelSeat.objects.filter(juror=juror).select_related("panel").order_by("during", "pk")),
        "conflicts": conflict_lines(juror),
    }
    return render(request, "interviews/staff/juror_show.html", context)


@require_POST
@promotion_desk
def juror_dismiss(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    juror = get_object_or_404(juror_detail(row), code=code)
    said = f"{juror.person} ne fait plus partie des jurys de la promotion."
    with Doing(request, JurorInUse, said=said) as done:
        dismiss_juror(juror, by=request.user, at=moment(row))
    if done:
        return redirect("interviews:juror_list", row.code)
    return redirect("interviews:juror_show", row.code, code)


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def juror_recuse(request: SignedInRequest, row: Promotion, code: UUID, application: UUID) -> HttpResponse:
    """Record a juror's recusal on their behalf."""
    juror = get_object_or_404(juror_detail(row), code=code)
    person = get_object_or_404(
        Application.objects.select_related("candidate"),
        code=application,
        promotion=row,
        submitted_at__isnull=False,
    )
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.recuse_juror(
            juror, application=person, reason=form.cleaned_data["reason"], by=request.user, at=moment(row)
        )
        messages.success(request, "Le déport est enregistré.")
        return redirect("interviews:juror_show", row.code, code)
    context = {"promotion": row, "juror": juror, "application": person, "form": form}
    return render(request, "interviews/staff/juror_recuse.html", context)
