"""The cohort seen by the programme team: who wrote this week, who needs help, who leaves."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cohorts.actions import (
    AlreadyBeside,
    BadDate,
    NothingToWelcome,
    add_companion,
    complete_mission,
    complete_missions,
    leave_mission,
    remove_companion,
    welcome_teams,
)
from cohorts.forms import CompanionForm, EndForm
from cohorts.models import Companion, Member
from cohorts.queries import teams_listed, week_reading
from cohorts.queries.bulletin import moods_counted
from cohorts.queries.listing import MEMBERS
from cohorts.queries.member import missions_over, offers_to_welcome, waiting_in
from cohorts.rules import week_of
from eig.accounts.doors import SignedInRequest, grave, staff_only
from eig.deeds import Doing
from eig.design.answers import posted
from eig.french import of
from eig.lifecycle import IllegalMove
from eig.listing.views import list_page
from eig.mail.tasks import wake_after_commit
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Promotion
from eig.promotions.queries import moment, phase_of
from matching.teams.choices import OfferStatus
from matching.teams.queries.offer import offers_counted


@staff_only
def cohort_detail(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    now = moment(row)
    reading = week_reading(row, week_of(now))
    page = Paginator(teams_listed(row), 30).get_page(request.GET.get("page"))
    told = {line.team.pk: line for line in reading.rows}
    context = {
        "promotion": row,
        "reading": reading,
        "moods": moods_counted(reading),
        "page": page,
        "rows": [(team, told.get(team.pk)) for team in page],
        "waiting": waiting_in(row, now),
    }
    return render(request, "cohorts/staff/cohort_detail.html", context)


@staff_only
@grave
def cohort_open(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    if request.method != "POST":
        context = {
            "promotion": row,
            "offers": offers_to_welcome(row),
            "mission": phase_of(row, PhaseKind.MISSION),
            "unanswered": offers_counted(row)[OfferStatus.SENT],
        }
        return render(request, "cohorts/staff/cohort_open.html", context)
    with Doing(request, NothingToWelcome) as done:
        members = welcome_teams(row, by=request.user, at=moment(row))
        done.said = f"{len(members)} personnes sont accueillies ; un courriel part à chacune."
    return redirect("cohorts:cohort_detail", promotion)


@staff_only
def member_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    return list_page(
        request, row, MEMBERS, template="cohorts/staff/member_list.html", over=missions_over(row, moment(row))
    )


def _member(promotion: str, code: UUID) -> Member:
    return get_object_or_404(
        Member.objects.select_related("promotion", "person", "team__project"),
        code=code,
        promotion__code=promotion,
    )


@staff_only
def member_complete(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    member = _member(promotion, code)
    form = EndForm(posted(request), initial={"on": member.ends_on})
    if request.method == "POST" and form.is_valid():
        with Doing(request, (BadDate, IllegalMove), said=f"La mission {of(member.person)} est terminée."):
            complete_mission(member, by=request.user, at=moment(member.promotion), on=form.cleaned_data["on"])
        return redirect("cohorts:member_list", promotion)
    context = {"promotion": member.promotion, "member": member, "form": form, "early": False}
    return render(request, "cohorts/staff/member_end.html", context)


@staff_only
def member_leave(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    member = _member(promotion, code)
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with Doing(request, (BadDate, IllegalMove), said=f"Le départ {of(member.person)} est enregistré."):
            leave_mission(member, by=request.user, at=moment(member.promotion), on=form.cleaned_data["on"])
        return redirect("cohorts:member_list", promotion)
    context = {"promotion": member.promotion, "member": member, "form": form, "early": True}
    return render(request, "cohorts/staff/member_end.html", context)


@require_POST
@staff_only
def missions_complete(request: SignedInRequest, promotion: str) -> HttpResponse:
    """End every mission whose planned end has passed."""
    row = get_object_or_404(Promotion, code=promotion)
    ended = complete_missions(row, by=request.user, at=moment(row))
    messages.success(request, f"Missions terminées : {ended}.")
    wake_after_commit()
    return redirect("cohorts:member_list", promotion)


@staff_only
def companion_add(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    team = get_object_or_404(teams_listed(row), code=code)
    form = CompanionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        assert form.person is not None
        with Doing(request, AlreadyBeside, said=f"{form.person} accompagne maintenant cette équipe."):
            add_companion(
                team, person=form.person, role=form.cleaned_data["role"], by=request.user, at=moment(row)
            )
        return redirect("cohorts:companion_add", promotion, code)
    context = {"promotion": row, "team": team, "form": form}
    return render(request, "cohorts/staff/companion_add.html", context)


@require_POST
@staff_only
def companion_remove(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    team = get_object_or_404(teams_listed(row), code=code)
    companion = get_object_or_404(
        Companion.objects.select_related("team", "person"),
        team=team,
        person__email=request.POST.get("email", "")[:254],
        role=request.POST.get("role", "")[:10],
    )
    remove_companion(companion, by=request.user, at=moment(row))
    messages.success(request, f"{companion.person} n’accompagne plus cette équipe.")
    return redirect("cohorts:companion_add", promotion, code)
