"""The week before anyone is placed: its rules and half-days."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.interviews.actions.week import HalfDayTaken, add_half_days, remove_half_day, set_rules
from matching.interviews.forms.week import HalfDaysForm, RulesForm
from matching.interviews.models import HalfDay
from matching.interviews.queries.answer import half_day_label
from matching.interviews.queries.week import half_days_of, rules_of


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def week_edit(request: SignedInRequest, promotion: str) -> HttpResponse:
    """The rules of the auditions, and the half-days they last."""
    row = get_object_or_404(Promotion, code=promotion)
    form = RulesForm(request.POST) if request.method == "POST" else RulesForm.of(rules_of(row))
    if request.method == "POST" and form.is_valid():
        set_rules(row, by=request.user, at=moment(row), **form.rules())
        messages.success(request, "Les règles des auditions sont enregistrées.")
        return redirect("interviews:week_edit", row.code)
    return _week(request, row, form=form)


def _week(
    request: SignedInRequest,
    promotion: Promotion,
    *,
    form: RulesForm | None = None,
    days_form: HalfDaysForm | None = None,
) -> HttpResponse:
    context = {
        "promotion": promotion,
        "form": form or RulesForm.of(rules_of(promotion)),
        "days_form": days_form or HalfDaysForm(),
        "half_days": [(day, half_day_label(day)) for day in half_days_of(promotion)],
    }
    return render(request, "interviews/staff/week_edit.html", context)


@require_POST
@staff_only
def half_day_add(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    form = HalfDaysForm(request.POST)
    if not form.is_valid():
        return _week(request, row, days_form=form)
    try:
        added = add_half_days(row, days=form.days(), hours=form.hours(), by=request.user, at=moment(row))
    except HalfDayTaken as reason:
        form.add_error("first", str(reason))
        return _week(request, row, days_form=form)
    messages.success(request, f"Demi-journées ajoutées : {added}.")
    return redirect("interviews:week_edit", row.code)


@require_POST
@staff_only
def half_day_remove(request: SignedInRequest, promotion: str, pk: int) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    half_day = get_object_or_404(HalfDay, pk=pk, promotion=row)
    try:
        remove_half_day(half_day, by=request.user, at=moment(row))
    except HalfDayTaken as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "La demi-journée est retirée.")
    return redirect("interviews:week_edit", row.code)
