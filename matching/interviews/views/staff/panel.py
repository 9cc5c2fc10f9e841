"""Panels as the programme team composes them."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.answers import posted
from eig.juries.actions import BadHours, Clash, IsCandidate, NotSeated
from eig.juries.forms import PanelForm
from eig.lifecycle import IllegalMove
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.interviews import actions
from matching.interviews.forms import SeatForm, SlotsForm
from matching.interviews.models import Juror, Panel
from matching.interviews.queries import panels_listed, slots_of
from matching.interviews.queries.panel import panel_line, seatable

REFUSALS = (
    BadHours, Clash, IsCandidate, NotSeated, actions.StillInUse, actions.JurorInConflict, IllegalMove,
)  # fmt: skip


@require_safe
@promotion_desk
def panel_list(request: SignedInRequest, row: Promotion) -> HttpResponse:
    lines = [panel_line(panel) for panel in panels_listed(row)]
    return render(request, "interviews/staff/panel_list.html", {"promotion": row, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def panel_create(request: SignedInRequest, row: Promotion) -> HttpResponse:
    form = PanelForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = "Le jury est créé. Placez-y des jurés et découpez ses créneaux."
        with Doing(request, REFUSALS, said=said, form=form, field="room") as done:
            panel = actions.create_panel(row, by=request.user, at=moment(row), **form.values())
        if done:
            return redirect("interviews:panel_show", row.code, panel.code)
    return render(request, "interviews/staff/panel_create.html", {"promotion": row, "form": form})


@require_safe
@promotion_desk
def panel_show(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    panel = get_object_or_404(panels_listed(row), code=code)
    context = {
        "promotion": row,
        "line": panel_line(panel),
        "slots": slots_of(panel),
        "seat_form": SeatForm(people=seatable(panel)),
        "slots_form": SlotsForm(initial={"minutes": row.audition_minutes, "pause": 10}),
    }
    return render(request, "interviews/staff/panel_show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def panel_change(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    panel = _panel(row, code)
    form = PanelForm(posted(request), panel=panel)
    if request.method == "POST" and form.is_valid():
        said = "Le jury est modifié. Les personnes déjà prévenues reçoivent le changement."
        with Doing(request, REFUSALS, said=said, form=form, field="room") as done:
            actions.change_panel(panel, by=request.user, at=moment(row), **form.values())
        if done:
            return redirect("interviews:panel_show", row.code, code)
    context = {"promotion": row, "panel": panel, "form": form}
    return render(request, "interviews/staff/panel_change.html", context)


@require_POST
@promotion_desk
def panel_remove(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    with Doing(request, REFUSALS, said="Le jury est supprimé.") as done:
        actions.remove_panel(_panel(row, code), by=request.user, at=moment(row))
    if done:
        return redirect("interviews:panel_list", row.code)
    return redirect("interviews:panel_show", row.code, code)


@require_POST
@promotion_desk
def seat_add(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    panel = _panel(row, code)
    form = SeatForm(request.POST, people=seatable(panel))
    if not form.is_valid():
        messages.error(request, "Choisissez une personne qui ne siège pas encore dans ce jury.")
        return redirect("interviews:panel_show", row.code, code)
    juror, referent = form.chosen(), form.cleaned_data["referent"]
    seat = partial(actions.seat_juror, panel, juror=juror, referent=referent)
    return _do(request, panel, seat, said=f"{juror} siège dans ce jury.")


@require_POST
@promotion_desk
def seat_remove(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    panel = _panel(row, code)
    juror = _juror(request, panel)
    unseat = partial(actions.unseat_juror, panel, juror=juror)
    return _do(request, panel, unseat, said=f"{juror} ne siège plus dans ce jury.")


@require_POST
@promotion_desk
def referent_name(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    panel = _panel(row, code)
    juror = _juror(request, panel)
    name = partial(actions.name_referent, panel, juror=juror)
    return _do(request, panel, name, said=f"{juror} est référent·e de ce jury.")


@require_POST
@promotion_desk
def slot_create(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    panel, form = _panel(row, code), SlotsForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Donnez une durée de 5 à 240 minutes et une pause de 0 à 120 minutes.")
        return redirect("interviews:panel_show", row.code, code)
    cut = partial(actions.create_slots, panel, **form.cleaned_data)
    return _do(request, panel, cut, said="Les créneaux sont créés.")


@require_POST
@promotion_desk
def slot_clear(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    panel = _panel(row, code)
    return _do(request, panel, partial(actions.clear_slots, panel), said="Les créneaux libres sont retirés.")


def _panel(row: Promotion, code: UUID) -> Panel:
    return get_object_or_404(Panel.objects.select_related("promotion"), code=code, promotion=row)


def _juror(request: SignedInRequest, panel: Panel) -> Juror:
    try:
        code = UUID(request.POST.get("juror", ""))
    except ValueError:
        code = UUID(int=0)
    return get_object_or_404(
        Juror.objects.select_related("person"), code=code, promotion_id=panel.promotion_id
    )


def _do(request: SignedInRequest, panel: Panel, change: Callable[..., object], *, said: str) -> HttpResponse:
    with Doing(request, REFUSALS, said=said):
        change(by=request.user, at=moment(panel.promotion))
    return redirect("interviews:panel_show", panel.promotion.code, panel.code)
