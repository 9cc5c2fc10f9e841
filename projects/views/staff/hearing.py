"""The hearing plan: proposed by a rule, changed by hand with live checks, told to everyone at once."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.templatetags.words import counted
from eig.documents.doors import page_or_print
from eig.documents.printing import printing_of
from eig.juries.actions import BadHours, Clash, HalfDayTaken, NotSeated
from eig.juries.forms import HalfDaysForm
from eig.juries.queries import half_day_label
from eig.juries.views.paper import Paper, download_paper, print_paper
from eig.mail.tasks import wake_after_commit
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from projects.actions.jury import NotOnPlan, add_half_days, clear_plan, remove_half_day
from projects.actions.plan import announce_hearings, apply_plan, propose_plan
from projects.choices import HearingStatus
from projects.documents.hearing import PLAN
from projects.forms.hearing import PlanForm
from projects.models import HearingHalfDay
from projects.queries.hearing import (
    half_days_of,
    hearing_plan,
    minutes_of,
    project_jurors,
    projects_to_hear,
    to_tell,
)

PAPER = Paper(PLAN, "Jurys de projets", "projects:staff_hearing_plan")
REFUSALS = (BadHours, Clash, NotOnPlan, NotSeated)


@promotion_desk
def staff_hearing_plan(request: SignedInRequest, row: Promotion) -> HttpResponse:
    """Half-day by half-day: rooms, members, projects, what is wrong, what is not told yet."""
    plan = hearing_plan(row)
    lines = [line for day in plan for line in day.lines]
    context = {
        "promotion": row,
        "plan": plan,
        "waiting": projects_to_hear(row).count(),
        "members": project_jurors(row).count(),
        "juries": len(lines),
        "heard": sum(1 for line in lines for item in line.hearings if item.status == HearingStatus.HEARD),
        "placed": sum(len(line.hearings) for line in lines),
        "warned": sum(bool(line.warnings) for line in lines),
        "due": to_tell(row, at=moment(row)).count,
        "minutes": minutes_of(row),
        "has_loose": any(not any(seat.told_at for seat in line.seats) for line in lines),
        "printing": printing_of(PLAN, row.pk),
    }
    return page_or_print(request, "projects/staff/staff_hearing_plan.html", context)


@promotion_desk
def staff_hearing_propose(request: SignedInRequest, row: Promotion) -> HttpResponse:
    """First the preview, with its reasons; « retenir » writes it, if nothing changed meanwhile."""
    form = PlanForm(request.POST if request.method == "POST" else None, promotion=row)
    context = {"promotion": row, "form": form, "members": project_jurors(row).count()}
    status = 200
    if form.is_valid():
        proposal = propose_plan(row, **form.values())
        if request.POST.get("then") == "apply":
            with Doing(request, REFUSALS, form=form) as done:
                count = apply_plan(row, proposal=proposal, by=request.user, at=moment(row))
                done.said = f"{counted(count, 'jury formé,jurys formés')}. Personne n’est encore prévenu."
            if done:
                return redirect("projects:staff_hearing_plan", row.code)
            status = 422
        context["proposal"] = proposal
    elif form.is_bound:
        status = 422
    return render(request, "projects/staff/staff_hearing_propose.html", context, status=status)


@promotion_desk
def staff_half_day_list(request: SignedInRequest, row: Promotion) -> HttpResponse:
    """The half-days when juries may sit, and a form to open more."""
    form = HalfDaysForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with Doing(request, HalfDayTaken, form=form, field="first") as done:
            added = add_half_days(row, by=request.user, at=moment(row), **form.values())
            done.said = f"Demi-journées ajoutées : {added}."
        if done:
            return redirect("projects:staff_half_day_list", row.code)
    half_days = [(day, half_day_label(day)) for day in half_days_of(row)]
    context = {"promotion": row, "days_form": form, "half_days": half_days}
    status = 422 if form.is_bound else 200
    return render(request, "projects/staff/staff_half_day_list.html", context, status=status)


@require_POST
@promotion_desk
def staff_half_day_remove(request: SignedInRequest, row: Promotion, pk: int) -> HttpResponse:
    half_day = get_object_or_404(HearingHalfDay, pk=pk, promotion=row)
    with Doing(request, HalfDayTaken, said="La demi-journée est retirée."):
        remove_half_day(half_day, by=request.user, at=moment(row))
    return redirect("projects:staff_half_day_list", row.code)


@promotion_desk
def staff_hearing_announce(request: SignedInRequest, row: Promotion) -> HttpResponse:
    """Who is written to, before anybody is."""
    if request.method == "POST":
        hearings, seats = announce_hearings(row, by=request.user, at=moment(row))
        wake_after_commit()
        messages.success(
            request,
            f"{hearings} projet{'s' if hearings > 1 else ''} et {seats} membre{'s' if seats > 1 else ''} "
            "de jury sont prévenus, avec leur fichier d’agenda.",
        )
        return redirect("projects:staff_hearing_plan", row.code)
    context = {"promotion": row, "due": to_tell(row, at=moment(row))}
    return render(request, "projects/staff/staff_hearing_announce.html", context)


@require_POST
@promotion_desk
def staff_hearing_clear(request: SignedInRequest, row: Promotion) -> HttpResponse:
    count = clear_plan(row, by=request.user, at=moment(row))
    messages.success(
        request, f"{count} jury{'s' if count > 1 else ''} effacé{'s' if count > 1 else ''} du plan."
    )
    return redirect("projects:staff_hearing_plan", row.code)


@require_POST
@promotion_desk
def staff_hearing_print(request: SignedInRequest, row: Promotion) -> HttpResponse:
    return print_paper(request, row, PAPER)


@promotion_desk
def staff_hearing_download(request: SignedInRequest, row: Promotion) -> FileResponse | HttpResponse:
    return download_paper(request, row, PAPER)
