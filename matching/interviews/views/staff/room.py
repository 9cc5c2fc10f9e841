"""The jury day as the programme team follows it: every room, every pass, every signature."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe

from eig.accounts.doors import SignedInRequest
from eig.mail.tasks import wake_after_commit
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.interviews.actions.day_pass import revoke_day_pass, send_day_passes
from matching.interviews.models import DayPass, Juror
from matching.interviews.queries.day_pass import days_with_panels, panels_on, passes_of_day
from matching.interviews.queries.room import room_of


def _day(request: SignedInRequest, promotion: Promotion, days: list[date]) -> date:
    """The day asked for; else today when there are juries, the next day that has some, or the last one."""
    try:
        asked = parse_date(request.GET.get("jour", "") or request.POST.get("day", ""))
    except ValueError:
        asked = None
    if asked in days:
        return asked
    today = localtime(moment(promotion)).date()
    return next((day for day in days if day >= today), days[-1] if days else today)


@require_safe
@promotion_desk
def day_show(request: SignedInRequest, row: Promotion) -> HttpResponse:
    days = days_with_panels(row)
    day = _day(request, row, days)
    context = {
        "promotion": row,
        "days": days,
        "day": day,
        "rooms": [room_of(panel, user=request.user) for panel in panels_on(row, day)],
        "passes": passes_of_day(row, day),
        "now": moment(row),
        "is_over": day < localtime(moment(row)).date(),
    }
    return render(request, "interviews/staff/day_show.html", context)


@require_POST
@promotion_desk
def pass_send(request: SignedInRequest, row: Promotion) -> HttpResponse:
    """To every outside juror of the day, or to one juror."""
    day = _day(request, row, days_with_panels(row))
    chosen = None
    if request.POST.get("juror"):
        chosen = list(Juror.objects.filter(promotion=row, pk__in=_keys(request.POST["juror"])))
    count = send_day_passes(row, day=day, by=request.user, at=moment(row), jurors=chosen)
    wake_after_commit()
    if count:
        messages.success(request, f"Accès envoyés : {count}.")
    else:
        messages.info(request, "Personne à qui envoyer un accès ce jour-là.")
    return redirect(f"{reverse('interviews:day_show', args=[row.code])}?jour={day:%Y-%m-%d}")


def _keys(text: str) -> list[int]:
    return [int(text)] if text.isdecimal() and len(text) < 12 else []


@require_POST
@promotion_desk
def pass_revoke(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    juror = get_object_or_404(Juror, promotion=row, code=code)
    for day_pass in DayPass.objects.filter(juror=juror, revoked_at__isnull=True).select_related("juror"):
        revoke_day_pass(day_pass, by=request.user, at=moment(row))
    messages.success(request, "L’accès est fermé.")
    return redirect("interviews:day_show", row.code)
