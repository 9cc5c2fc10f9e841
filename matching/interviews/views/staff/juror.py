"""Jurors as the programme team appoints them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

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
from matching.interviews.queries.listing import JURORS


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def juror_list(request: SignedInRequest, row: Promotion) -> HttpResponse:
    return list_page(request, row, JURORS, template="interviews/staff/juror_list.html")


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def juror_appoint(request: SignedInRequest, row: Promotion) -> HttpResponse:
    form = JurorForm(posted(request), promotion=row)
    if request.method == "POST" and form.is_valid():
        with Doing(request, IsCandidate, form=form, field="email") as done:
            juror = actions.appoint_by_email(row, by=request.user, at=moment(row), **form.cleaned_data)
            done.said = f"{juror} est juré·e de la promotion et en est averti·e par courriel."
        if done:
            return redirect("interviews:juror_show", row.code, juror.code)
    return render(request, "interviews/staff/juror_appoint.html", {"promotion": row, "form": form})
