"""Panels as the programme team composes them."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eig.accounts.doors import SignedInRequest, staff_only
from eig.juries.actions import IsCandidate, NotSeated
from eig.lifecycle import IllegalMove
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.interviews import actions
from matching.interviews.forms import PanelForm, PanelPlaceForm, SeatForm, SlotsForm
from matching.interviews.models import Juror, Panel
from matching.interviews.queries import panels_listed, slots_of
from matching.interviews.queries.panel import panel_line

REFUSALS = (
    actions.BadHours,
    actions.RoomTaken,
    IsCandidate,
    NotSeated,
    actions.StillInUse,
    actions.JurorInConflict,
    IllegalMove,
)


@require_safe
@staff_only
def panel_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    lines = [panel_line(panel) for panel in panels_listed(row)]
    return render(request, "interviews/staff/panel_list.html", {"promotion": row, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def panel_create(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    form = PanelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        starts_at, ends_at = form.hours()
        try:
            panel = actions.create_panel(
                row,
                name=data["name"],
                room=data["room"],
                link=data["link"],
                starts_at=starts_at,
                ends_at=ends_at,
                by=request.user,
                at=moment(row),
            )
        except REFUSALS as reason:
            form.add_error("room", str(reason))
        else:
            messages.success(request, "Le jury est créé. Placez-y des jurés et découpez ses créneaux.")
            return redirect("interviews:panel_show", row.code, panel.code)
    return render(request, "interviews/staff/panel_create.html", {"promotion": row, "form": form})


@require_safe
@staff_only
def panel_show(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    panel = get_object_or_404(panels_listed(row), code=code)
    panel.promotion = row
    context = {
        "promotion": row,
        "line": panel_line(panel),
        "slots": slots_of(panel),
        "seat_form": SeatForm(panel=panel),
        "slots_form": SlotsForm(initial={"minutes": row.audition_minutes, "pause": 10}),
    }
    return render(request, "interviews/staff/panel_show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def panel_change(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row, panel = _panel(promotion, code)
    form = PanelPlaceForm(request.POST or None, instance=panel)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        kept = Panel.objects.get(pk=panel.pk)
        try:
            actions.change_panel(
                kept, name=data["name"], room=data["room"], link=data["link"], by=request.user, at=moment(row)
            )
        except REFUSALS as reason:
            form.add_error("room", str(reason))
        else:
            wake_after_commit()
            messages.success(
                request, "Le jury est modifié. Les personnes déjà prévenues reçoivent le changement."
            )
            return redirect("interviews:panel_show", row.code, code)
    return render(
        request, "interviews/staff/panel_change.html", {"promotion": row, "panel": panel, "form": form}
    )


@require_POST
@staff_only
def panel_remove(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row, panel = _panel(promotion, code)
    try:
        actions.remove_panel(panel, by=request.user, at=moment(row))
    except REFUSALS as reason:
        messages.error(request, str(reason))
        return redirect("interviews:panel_show", row.code, code)
    messages.success(request, "Le jury est supprimé.")
    return redirect("interviews:panel_list", row.code)


@require_POST
@staff_only
def seat_add(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row, panel = _panel(promotion, code)
    form = SeatForm(request.POST, panel=panel)
    if not form.is_valid():
        messages.error(request, "Choisissez une personne qui ne siège pas encore dans ce jury.")
        return redirect("interviews:panel_show", row.code, code)
    juror, referent = form.cleaned_data["juror"], form.cleaned_data["referent"]
    return _do(
        request,
        panel,
        lambda: actions.seat_juror(panel, juror=juror, by=request.user, at=moment(row), referent=referent),
        said=f"{juror} siège dans ce jury.",
    )


@require_POST
@staff_only
def seat_remove(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row, panel = _panel(promotion, code)
    juror = _juror(request, panel)
    return _do(
        request,
        panel,
        lambda: actions.unseat_juror(panel, juror=juror, by=request.user, at=moment(row)),
        said=f"{juror} ne siège plus dans ce jury.",
    )


@require_POST
@staff_only
def referent_name(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row, panel = _panel(promotion, code)
    juror = _juror(request, panel)
    return _do(
        request,
        panel,
        lambda: actions.name_referent(panel, juror=juror, by=request.user, at=moment(row)),
        said=f"{juror} est référent·e de ce jury.",
    )


@require_POST
@staff_only
def slot_create(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row, panel = _panel(promotion, code)
    form = SlotsForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Donnez une durée de 5 à 240 minutes et une pause de 0 à 120 minutes.")
        return redirect("interviews:panel_show", row.code, code)
    minutes, pause = form.cleaned_data["minutes"], form.cleaned_data["pause"]
    return _do(
        request,
        panel,
        lambda: actions.create_slots(panel, minutes=minutes, pause=pause, by=request.user, at=moment(row)),
        said="Les créneaux sont créés.",
    )


@require_POST
@staff_only
def slot_clear(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row, panel = _panel(promotion, code)
    return _do(
        request,
        panel,
        lambda: actions.clear_slots(panel, by=request.user, at=moment(row)),
        said="Les créneaux libres sont retirés.",
    )


def _panel(promotion: str, code: UUID) -> tuple[Promotion, Panel]:
    row = get_object_or_404(Promotion, code=promotion)
    return row, get_object_or_404(Panel.objects.select_related("promotion"), code=code, promotion=row)


def _juror(request: SignedInRequest, panel: Panel) -> Juror:
    try:
        code = UUID(request.POST.get("juror", ""))
    except ValueError:
        code = UUID(int=0)
    return get_object_or_404(
        Juror.objects.select_related("person"), code=code, promotion_id=panel.promotion_id
    )


def _do(request: SignedInRequest, panel: Panel, deed: Callable[[], object], *, said: str) -> HttpResponse:
    try:
        deed()
    except REFUSALS as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, said)
    return redirect("interviews:panel_show", panel.promotion.code, panel.code)
