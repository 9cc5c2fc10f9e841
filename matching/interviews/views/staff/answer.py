"""What jurors answered and what it allows; their half-days and ties, noted by the team."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.answers import posted
from eig.french import of
from eig.juries.actions import IsCandidate
from eig.juries.queries import half_day_label
from eig.mail.tasks import wake_after_commit
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.interviews.actions.answer import (
    HALF_DAYS_ASKED,
    declare_tie,
    invite_all,
    invite_to_sit,
    remind_silent,
    set_availability,
    withdraw_tie,
)
from matching.interviews.choices import InvitationStatus
from matching.interviews.forms.answer import AskedFilter, AvailabilityForm, InviteForm, TieForm
from matching.interviews.models import HalfDay, Juror, Tie
from matching.interviews.queries.answer import capacity, jurors_asked, ties_of
from matching.interviews.queries.week import half_days_of

PER_PAGE = 40


@require_safe
@promotion_desk
def availability_list(request: SignedInRequest, row: Promotion) -> HttpResponse:
    """Who comes and when, and how many auditions that allows, while answers come in."""
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
        "silent": Juror.objects.filter(promotion=row, invitation__status=InvitationStatus.SENT).count(),
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
@promotion_desk
def juror_invite_all(request: SignedInRequest, row: Promotion) -> HttpResponse:
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
@promotion_desk
def juror_remind(request: SignedInRequest, row: Promotion) -> HttpResponse:
    asked = remind_silent(row, by=request.user, at=moment(row))
    wake_after_commit()
    messages.success(request, f"Relances envoyées : {asked}.")
    return redirect("interviews:availability_list", row.code)


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def availability_edit(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    """What a juror said by telephone, their ties; send their link again."""
    juror = _juror(row, code)
    free = list(juror.availabilities.order_by("pk").values_list("half_day_id", flat=True))
    invitation = getattr(juror, "invitation", None)
    initial = {"half_days": free, "most": invitation.most_half_days if invitation else None}
    form = AvailabilityForm(posted(request), promotion=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        free = form.cleaned_data["half_days"]
        said = f"Les disponibilités {of(juror)} sont enregistrées."
        with Doing(request, IsCandidate, said=said, form=form) as done:
            set_availability(juror, half_days=free, most=form.asked_most(), by=request.user, at=moment(row))
        if done:
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
@promotion_desk
def juror_invite(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    juror = _juror(row, code)
    asked = juror.invitation.half_days_asked if hasattr(juror, "invitation") else HALF_DAYS_ASKED
    invite_to_sit(juror, half_days=asked, by=request.user, at=moment(row))
    wake_after_commit()
    messages.success(request, f"Un nouveau lien est envoyé à {juror}. Le précédent ne sert plus.")
    return redirect("interviews:availability_edit", row.code, code)


@require_POST
@promotion_desk
def tie_declare(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    juror = _juror(row, code)
    form = TieForm(request.POST, promotion=row)
    if form.is_valid():
        declare_tie(juror, by=request.user, at=moment(row), **form.cleaned_data)
        messages.success(request, f"{juror} n’entendra personne pour ce projet.")
    else:
        messages.error(request, "Choisissez un projet et donnez le motif.")
    return redirect("interviews:availability_edit", row.code, code)


@require_POST
@promotion_desk
def tie_withdraw(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    juror = _juror(row, code)
    number = request.POST.get("tie", "")
    tie = get_object_or_404(
        Tie.objects.select_related("juror"), pk=number if number.isdecimal() else 0, juror=juror
    )
    withdraw_tie(tie, by=request.user, at=moment(row))
    messages.success(request, "Le lien est retiré.")
    return redirect("interviews:availability_edit", row.code, code)


def _juror(row: Promotion, code: UUID) -> Juror:
    jurors = Juror.objects.select_related("person", "promotion", "invitation")
    return get_object_or_404(jurors, code=code, promotion=row)
