"""Auditions as the programme team runs them: list, plan, place, announce, follow."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.answers import posted
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.journal.doors import shows
from eig.journal.queries import history_of
from eig.juries.actions import TooEarly
from eig.lifecycle import IllegalMove
from eig.listing.views import list_page
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.interviews import actions
from matching.interviews.forms import CancelForm, HandPlanForm
from matching.interviews.models import Audition, Slot
from matching.interviews.queries import (
    auditions_to_place,
    auditions_visible_to,
    cards_of,
    counts,
    slot_choices,
    swap_choices,
)
from matching.interviews.queries.listing import AUDITIONS

PER_PAGE = 40
REFUSALS = (
    actions.SlotTaken,
    actions.CandidateBusy,
    actions.NoJury,
    actions.JurorInConflict,
    actions.NotHeardHere,
    TooEarly,
    IllegalMove,
)


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def audition_list(request: SignedInRequest, row: Promotion) -> HttpResponse:
    return list_page(
        request, row, AUDITIONS, template="interviews/staff/audition_list.html", counts=counts(row)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def audition_add(request: SignedInRequest, row: Promotion) -> HttpResponse:
    """Plan one audition by hand, for instance for another project that the person accepts."""
    form = HandPlanForm(posted(request), promotion=row)
    if request.method == "POST" and form.is_valid():
        with Doing(
            request, REFUSALS, said="L’audition est ajoutée. Il reste à la placer.", form=form
        ) as done:
            who, project = form.cleaned_data["application"], form.cleaned_data["project"]
            audition = actions.plan_audition(who, project=project, by=request.user, at=moment(row))
        if done:
            return redirect("interviews:audition_show", row.code, audition.code)
    return render(request, "interviews/staff/audition_add.html", {"promotion": row, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def audition_place(request: SignedInRequest, row: Promotion) -> HttpResponse:
    """Auditions without a slot beside the free slots.

    `?audition=` chooses one and checks each slot for it.
    """
    if request.method == "POST":
        return _placed(request, row)
    waiting = Paginator(auditions_to_place(row), PER_PAGE).get_page(request.GET.get("page"))
    chosen = _named(request.GET.get("audition", ""), row)
    context = {
        "promotion": row,
        "page": waiting,
        "chosen": chosen,
        "choices": slot_choices(chosen) if chosen else [],
        "swaps": [choice for choice in swap_choices(chosen) if not choice.obstacle] if chosen else [],
        "counts": counts(row),
    }
    return render(request, "interviews/staff/audition_place.html", context)


def _named(code: str, promotion: Promotion) -> Audition | None:
    """The audition that the address names; a code that is none is a 404."""
    if not code:
        return None
    return get_object_or_404(
        Audition.objects.select_related("application__candidate", "project", "promotion", "slot__panel"),
        code=_uuid(code),
        promotion=promotion,
    )


def _uuid(code: str) -> UUID:
    try:
        return UUID(code)
    except ValueError:
        return UUID(int=0)


def _placed(request: SignedInRequest, promotion: Promotion) -> HttpResponse:
    audition = get_object_or_404(Audition, code=_uuid(request.POST.get("audition", "")), promotion=promotion)
    slot = get_object_or_404(
        Slot.objects.select_related("panel"),
        code=_uuid(request.POST.get("slot", "")),
        panel__promotion=promotion,
    )
    with Doing(request, REFUSALS, said="L’audition est placée.") as done:
        actions.place_audition(audition, slot=slot, by=request.user, at=moment(promotion))
    if not done:
        return redirect(f"{request.path}?audition={audition.code}")
    return redirect("interviews:audition_show", promotion.code, audition.code)


@require_POST
@promotion_desk
def audition_place_all(request: SignedInRequest, row: Promotion) -> HttpResponse:
    with Doing(request, REFUSALS) as done:
        placed = actions.place_all(row, by=request.user, at=moment(row))
        left = auditions_to_place(row).count()
        done.said = f"Auditions placées : {placed}. Encore sans créneau : {left}."
    return redirect("interviews:audition_place", row.code)


@require_safe
@promotion_desk
def audition_show(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    audition = get_object_or_404(auditions_visible_to(request.user), code=code, promotion=row)
    shows(request, audition.application)
    context = {
        "promotion": row,
        "audition": audition,
        "panel": audition.slot.panel if audition.slot else None,
        "cards": cards_of(audition, grid_of(row, Stage.AUDITION), reader=request.user),
        "needs": [
            text
            for text in (audition.needs, str(audition.application.answers.get("audition_needs") or ""))
            if text
        ],
        "form": CancelForm(),
        "history": history_of(audition)[:20],
    }
    return render(request, "interviews/staff/audition_show.html", context)


def _do(
    request: SignedInRequest, row: Promotion, code: UUID, change: Callable[..., None], said: str
) -> HttpResponse:
    audition = get_object_or_404(Audition, code=code, promotion=row)
    with Doing(request, REFUSALS, said=said):
        change(audition, by=request.user, at=moment(row))
    return redirect("interviews:audition_show", row.code, code)


@require_POST
@promotion_desk
def audition_unplace(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    said = "L’audition n’a plus de créneau. Il reste à la replacer."
    return _do(request, row, code, actions.unplace_audition, said)


@require_POST
@promotion_desk
def audition_cancel(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    form = CancelForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    cancel = partial(actions.cancel_audition, reason=reason)
    return _do(request, row, code, cancel, "L’audition est annulée.")


@require_POST
@promotion_desk
def audition_hear(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    return _do(request, row, code, actions.mark_heard, "La personne a été entendue.")


@require_POST
@promotion_desk
def audition_miss(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    said = "L’absence est notée. Vous pouvez replacer l’audition."
    return _do(request, row, code, actions.mark_absent, said)
