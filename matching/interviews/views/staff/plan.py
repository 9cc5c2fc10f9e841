"""Computed timetables: asked for, followed, stopped, read, applied; and again when a juror falls ill."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.answers import posted
from eig.juries.actions import IsCandidate, NotSeated
from eig.lifecycle import IllegalMove
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.interviews import actions
from matching.interviews.actions import plan as plans
from matching.interviews.actions.answer import set_availability
from matching.interviews.choices import PlanKind, PlanStatus
from matching.interviews.forms.answer import AvailabilityForm
from matching.interviews.models import Juror, Plan
from matching.interviews.queries import counts
from matching.interviews.queries.answer import capacity
from matching.interviews.queries.plan import plan_view, plans_listed
from matching.interviews.tasks import wake_planner_after_commit

REFUSALS = (
    IsCandidate,
    plans.NothingToPlan,
    plans.UnderWay,
    plans.PlanOutdated,
    actions.SlotTaken,
    actions.CandidateBusy,
    actions.NoJury,
    actions.JurorInConflict,
    NotSeated,
    actions.StillInUse,
    IllegalMove,
)
PER_PAGE = 20
UNDER_WAY = {PlanStatus.QUEUED, PlanStatus.RUNNING}


@require_safe
@promotion_desk
def plan_list(request: SignedInRequest, row: Promotion) -> HttpResponse:
    page = Paginator(plans_listed(row), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "promotion": row,
        "page": page,
        "under_way": next((plan for plan in page if plan.status in UNDER_WAY), None),
        "capacity": capacity(row, now=moment(row)),
        "counts": counts(row),
    }
    return render(request, "interviews/staff/plan_list.html", context)


@require_POST
@promotion_desk
def plan_ask(request: SignedInRequest, row: Promotion) -> HttpResponse:
    kind = PlanKind.REPLAN if request.POST.get("kind") == PlanKind.REPLAN else PlanKind.WEEK
    with Doing(request, REFUSALS) as done:
        plan = plans.ask_plan(row, kind=kind, by=request.user, at=moment(row))
    return _asked(row, plan if done else None)


def _asked(row: Promotion, plan: Plan | None) -> HttpResponse:
    if plan is None:
        return redirect("interviews:plan_list", row.code)
    wake_planner_after_commit()
    return redirect("interviews:plan_show", row.code, plan.code)


@require_safe
@promotion_desk
def plan_show(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    """How far the search is; then what it found, before anything is written."""
    plan = _plan(row, code)
    context = {
        "promotion": row,
        "view": plan_view(plan),
        "plan": plan,
        "is_under_way": plan.status in UNDER_WAY,
        "is_ready": plan.status == PlanStatus.READY,
    }
    template = "interviews/staff/plan_show.html"
    return render(request, f"{template}#state" if request.htmx else template, context)


@require_POST
@promotion_desk
def plan_cancel(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    plan = _plan(row, code)
    plans.cancel_plan(plan, by=request.user, at=moment(row))
    messages.success(request, "Le calcul s’arrête.")
    return redirect("interviews:plan_show", row.code, code)


@require_POST
@promotion_desk
def plan_discard(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    plan = _plan(row, code)
    with Doing(request, REFUSALS, said="Ce calcul est écarté ; rien n’a changé."):
        plans.discard_plan(plan, by=request.user, at=moment(row))
    return redirect("interviews:plan_list", row.code)


@require_POST
@promotion_desk
def plan_apply(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    plan = _plan(row, code)
    with Doing(request, REFUSALS) as done:
        moved = plans.apply_plan(plan, by=request.user, at=moment(row))
        done.said = f"L’emploi du temps est appliqué. Auditions placées ou déplacées : {moved}."
    if done:
        return redirect("interviews:timetable_show", row.code)
    return redirect("interviews:plan_show", row.code, code)


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def juror_absence(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    """A juror can no longer come: note it, and look for the plan that moves the fewest auditions."""
    juror = get_object_or_404(Juror.objects.select_related("person", "promotion"), code=code, promotion=row)
    free = list(juror.availabilities.order_by("pk").values_list("half_day_id", flat=True))
    form = AvailabilityForm(posted(request), promotion=row, initial={"half_days": free})
    if request.method != "POST" or not form.is_valid():
        context = {"promotion": row, "juror": juror, "form": form}
        return render(request, "interviews/staff/juror_absence.html", context)
    free, at = form.cleaned_data["half_days"], moment(row)
    with Doing(request, REFUSALS) as done:
        set_availability(juror, half_days=free, most=form.asked_most(), by=request.user, at=at)
        reason = f"{juror} n’est plus disponible"
        plan = plans.ask_plan(row, kind=PlanKind.REPLAN, reason=reason, by=request.user, at=at)
    return _asked(row, plan if done else None)


def _plan(row: Promotion, code: UUID) -> Plan:
    plans = Plan.objects.select_related("promotion", "asked_by", "applied_by")
    return get_object_or_404(plans, code=code, promotion=row)
