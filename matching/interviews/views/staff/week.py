"""The week before anyone is placed: rules, half-days, what jurors answered and what it allows."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eig.accounts.doors import SignedInRequest, staff_only
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.interviews.actions.answers import (
    HALF_DAYS_ASKED,
    declare_tie,
    invite_all,
    invite_to_sit,
    remind_silent,
    set_availability,
    withdraw_tie,
)
from matching.interviews.actions.week import HalfDayTaken, add_half_days, remove_half_day, set_rules
from matching.interviews.forms.week import (
    AskedFilter,
    AvailabilityForm,
    HalfDaysForm,
    InviteForm,
    RulesForm,
    TieForm,
)
from matching.interviews.models import HalfDay, Juror, Tie
from matching.interviews.queries.capacity import capacity, half_day_label, jurors_asked, ties_of
from matching.interviews.queries.week import half_days_of, rules_of

PER_PAGE = 40


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


@require_safe
@staff_only
def availability_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Who comes and when, and how many auditions that allows, while answers come in."""
    row = get_object_or_404(Promotion, code=promotion)
    form = AskedFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    context: dict[str, object] = {"promotion": row, "capacity": capacity(row, now=moment(row))}
    if request.htmx:
        return render(request, "interviews/staff/availability_list.html#capacity", context)
    found = jurors_asked(row, status=asked.get("status", ""), type=asked.get("type", ""))
    half_days = half_days_of(row)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context |= {
        "form": form,
        "page": page,
        "half_days": [(day, half_day_label(day)) for day in half_days],
        "lines": [_line(juror, half_days) for juror in page],
        "invite_form": InviteForm(initial={"half_days": HALF_DAYS_ASKED}),
        "uninvited": Juror.objects.filter(promotion=row, invitation__isnull=True).count(),
        "silent": Juror.objects.filter(promotion=row, invitation__status="sent").count(),
    }
    return render(request, "interviews/staff/availability_list.html", context)


def _line(juror: Juror, half_days: list[HalfDay]) -> dict[str, object]:
    free = {row.half_day_id for row in juror.availabilities.all()}
    return {
        "juror": juror,
        "invitation": getattr(juror, "invitation", None),
        "free": [(half_day_label(day), day.pk in free) for day in half_days],
    }


@require_POST
@staff_only
def juror_invite_all(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    form = InviteForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Demandez de 1 à 20 demi-journées.")
        return redirect("interviews:availability_list", row.code)
    if not half_days_of(row):
        messages.error(request, "Définissez d’abord les demi-journées de la semaine.")
        return redirect("interviews:week_edit", row.code)
    asked = invite_all(row, half_days=form.cleaned_data["half_days"], by=request.user, at=moment(row))
    wake_after_commit()
    messages.success(request, f"Invitations envoyées : {asked}.")
    return redirect("interviews:availability_list", row.code)


@require_POST
@staff_only
def juror_remind(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    asked = remind_silent(row, by=request.user, at=moment(row))
    wake_after_commit()
    messages.success(request, f"Relances envoyées : {asked}.")
    return redirect("interviews:availability_list", row.code)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def availability_edit(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    """What a juror said by telephone, their ties; send their link again."""
    row, juror = _juror(promotion, code)
    free = list(juror.availabilities.order_by("pk").values_list("half_day_id", flat=True))
    invitation = getattr(juror, "invitation", None)
    initial = {"half_days": free, "most": invitation.most_half_days if invitation else None}
    form = AvailabilityForm(request.POST or None, promotion=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_availability(
            juror,
            half_days=form.cleaned_data["half_days"],
            most=form.asked_most(),
            by=request.user,
            at=moment(row),
        )
        messages.success(request, f"Les disponibilités de {juror} sont enregistrées.")
        return redirect("interviews:availability_list", row.code)
    context = {
        "promotion": row,
        "juror": juror,
        "invitation": invitation,
        "form": form,
        "tie_form": TieForm(promotion=row),
        "ties": ties_of(juror),
    }
    return render(request, "interviews/staff/availability_edit.html", context)


@require_POST
@staff_only
def juror_invite(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row, juror = _juror(promotion, code)
    asked = juror.invitation.half_days_asked if hasattr(juror, "invitation") else HALF_DAYS_ASKED
    invite_to_sit(juror, half_days=asked, by=request.user, at=moment(row))
    wake_after_commit()
    messages.success(request, f"Un nouveau lien est envoyé à {juror}. Le précédent ne sert plus.")
    return redirect("interviews:availability_edit", row.code, code)


@require_POST
@staff_only
def tie_declare(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row, juror = _juror(promotion, code)
    form = TieForm(request.POST, promotion=row)
    if form.is_valid():
        declare_tie(juror, by=request.user, at=moment(row), **form.cleaned_data)
        messages.success(request, f"{juror} n’entendra personne pour ce projet.")
    else:
        messages.error(request, "Choisissez un projet et donnez le motif.")
    return redirect("interviews:availability_edit", row.code, code)


@require_POST
@staff_only
def tie_withdraw(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row, juror = _juror(promotion, code)
    number = request.POST.get("tie", "")
    tie = get_object_or_404(
        Tie.objects.select_related("juror"), pk=number if number.isdecimal() else 0, juror=juror
    )
    withdraw_tie(tie, by=request.user, at=moment(row))
    messages.success(request, "Le lien est retiré.")
    return redirect("interviews:availability_edit", row.code, code)


def _juror(promotion: str, code: UUID) -> tuple[Promotion, Juror]:
    row = get_object_or_404(Promotion, code=promotion)
    jurors = Juror.objects.select_related("person", "promotion", "invitation")
    return row, get_object_or_404(jurors, code=code, promotion=row)
