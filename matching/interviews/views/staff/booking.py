"""The programme team's door on the candidates' choice of a time: open it until an instant."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.answers import posted
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from eig.promotions.rules import end_of_day
from matching.interviews.actions import NotYours, invite_to_choose
from matching.interviews.forms import ChoiceForm
from matching.interviews.queries import auditions_to_choose, choices_listed

DAYS_TO_CHOOSE = 3


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def choice_open(request: SignedInRequest, row: Promotion) -> HttpResponse:
    now = moment(row)
    form = ChoiceForm(
        posted(request), initial={"until": localtime(end_of_day(now, days=DAYS_TO_CHOOSE)).replace(second=0)}
    )
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"] + timedelta(seconds=59)
        with Doing(request, NotYours, form=form, field="until") as done:
            told = invite_to_choose(row, until=until, by=request.user, at=now)
            done.said = f"{told} personnes sont invitées à choisir leur horaire."
        if done:
            return redirect("interviews:choice_open", row.code)
    context = {
        "promotion": row,
        "form": form,
        "to_place": auditions_to_choose(row).count(),
        "choices": choices_listed(row),
    }
    return render(request, "interviews/staff/choice_open.html", context)
