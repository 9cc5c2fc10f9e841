"""The week before anyone is placed: its rules and half-days."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.juries.actions import HalfDayTaken
from eig.juries.forms import HalfDaysForm
from eig.juries.queries import half_day_label
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.interviews.actions.week import add_half_days, remove_half_day, set_rules
from matching.interviews.forms.week import RulesForm
from matching.interviews.models import HalfDay
from matching.interviews.queries.week import half_days_of, rules_of


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def week_edit(request: SignedInRequest, row: Promotion) -> HttpResponse:
    """The rules of the auditions, and the half-days they last."""
    form = RulesForm(request.POST) if request.method == "POST" else RulesForm.of(rules_of(row))
    if request.method == "POST" and form.is_valid():
        set_rules(row, by=request.user, at=moment(row), **form.rules())
        messages.success(request, "Les règles des auditions sont enregistrées.")
        return redirect("interviews:week_edit", row.code)
    return _week(request, row, form=form, days_form=HalfDaysForm())


def _week(
    request: SignedInRequest, row: Promotion, *, form: RulesForm, days_form: HalfDaysForm
) -> HttpResponse:
    half_days = [(day, half_day_label(day)) for day in half_days_of(row)]
    context = {"promotion": row, "form": form, "days_form": days_form, "half_days": half_days}
    return render(request, "interviews/staff/week_edit.html", context)


@require_POST
@promotion_desk
def half_day_add(request: SignedInRequest, row: Promotion) -> HttpResponse:
    form = HalfDaysForm(request.POST)
    if form.is_valid():
        with Doing(request, HalfDayTaken, form=form, field="first") as done:
            added = add_half_days(row, by=request.user, at=moment(row), **form.values())
            done.said = f"Demi-journées ajoutées : {added}."
        if done:
            return redirect("interviews:week_edit", row.code)
    return _week(request, row, form=RulesForm.of(rules_of(row)), days_form=form)


@require_POST
@promotion_desk
def half_day_remove(request: SignedInRequest, row: Promotion, pk: int) -> HttpResponse:
    half_day = get_object_or_404(HalfDay, pk=pk, promotion=row)
    with Doing(request, HalfDayTaken, said="La demi-journée est retirée."):
        remove_half_day(half_day, by=request.user, at=moment(row))
    return redirect("interviews:week_edit", row.code)
