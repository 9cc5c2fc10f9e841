"""Panels as the programme team composes them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from candidates.models import Application
from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.juries.actions import BadHours, Clash, IsCandidate, NotSeated
from eig.juries.desks import Jury, JuryDesk
from eig.juries.forms import JurorForm
from eig.lifecycle import IllegalMove
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.interviews import actions
from matching.interviews.actions.juror import JurorInUse, dismiss_juror
from matching.interviews.actions.panel import TABLE, move_juror
from matching.interviews.forms import SlotsForm
from matching.interviews.models import Panel, PanelSeat
from matching.interviews.queries import panels_listed
from matching.interviews.queries.juror import jurors_of, tie_lines
from matching.interviews.queries.panel import jury_of, panel_line
from matching.interviews.views.card import IN_MINUTES

REFUSALS = (
    BadHours, Clash, IllegalMove, IsCandidate, JurorInUse, NotSeated, actions.JurorInConflict,
    actions.StillInUse,
)  # fmt: skip
# The deeds on a seat: the address and the name of their doors.
SEAT_DOORS = {
    "remove": ("sieges/retirer", "seat_remove"),
    "move": ("sieges/deplacer", "seat_move"),
    "referent": ("referent", "referent_name"),
}


def _jury_of(row: Promotion, code: UUID) -> Jury | None:
    jury = jury_of(row, code)
    if jury is None:
        return None
    slots_form = SlotsForm(initial={"minutes": row.audition_minutes, "pause": 10})
    return replace(jury, heard={**jury.heard, "slots_form": slots_form})


def _seat_door(seat: PanelSeat, deed: str) -> tuple[str, str, str]:
    where = [seat.panel.promotion.code, seat.panel.code]
    return reverse(f"interviews:{SEAT_DOORS[deed][1]}", args=where), "juror", str(seat.juror.code)


def _judged(row: Promotion, code: UUID) -> tuple[Application, str]:
    handed_in = Application.objects.select_related("candidate").filter(submitted_at__isnull=False)
    application = get_object_or_404(handed_in, promotion=row, code=code)
    return application, str(application.candidate)


JURIES = JuryDesk(
    table=TABLE,
    app="interviews",
    doors={
        "list": "panel_list", "create": "panel_create", "page": "panel_show", "change": "panel_change",
        "remove": "panel_remove", "seat": "seat_add", "jurors": "juror_list", "juror": "juror_show",
        "dismiss": "juror_dismiss", "recuse": "juror_recuse",
    },
    seat_door=_seat_door,
    above=("Auditions", "interviews:audition_list"),
    heard="interviews/staff/_slots.html",
    subject="Candidat·e",
    told="Les personnes déjà prévenues reçoivent le changement.",
    jury_of=_jury_of, jurors=jurors_of, juror_form=JurorForm, ties=tie_lines, judged=_judged,
    aside="Cette personne n’évalue plus ce dossier : ses fiches sortent des moyennes.",
    readers=IN_MINUTES,
    refusals=REFUSALS,
    create=actions.create_panel, change=actions.change_panel, remove=actions.remove_panel,
    seat=actions.seat_juror, move=move_juror,
    unseat=lambda seat, **who: actions.unseat_juror(seat.panel, juror=seat.juror, **who),
    refer=lambda seat, **who: actions.name_referent(seat.panel, juror=seat.juror, **who),
    correct=actions.appoint_juror, dismiss=dismiss_juror,
    recuse=lambda juror, person, **why: actions.recuse_juror(juror, application=person, **why),
)  # fmt: skip


@require_safe
@promotion_desk
def panel_list(request: SignedInRequest, row: Promotion) -> HttpResponse:
    lines = [panel_line(panel) for panel in panels_listed(row)]
    return render(request, "interviews/staff/panel_list.html", {"promotion": row, "lines": lines})


@require_POST
@promotion_desk
def slot_create(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    panel, form = _panel(row, code), SlotsForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Donnez une durée de 5 à 240 minutes et une pause de 0 à 120 minutes.")
        return redirect("interviews:panel_show", row.code, code)
    cut = partial(actions.create_slots, **form.cleaned_data)
    return _do(request, panel, cut, "Les créneaux sont créés.")


@require_POST
@promotion_desk
def slot_clear(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    return _do(request, _panel(row, code), actions.clear_slots, "Les créneaux libres sont retirés.")


def _panel(row: Promotion, code: UUID) -> Panel:
    return get_object_or_404(Panel.objects.select_related("promotion"), code=code, promotion=row)


def _do(request: SignedInRequest, panel: Panel, change: Callable[..., object], said: str) -> HttpResponse:
    with Doing(request, REFUSALS, said=said):
        change(panel, by=request.user, at=moment(panel.promotion))
    return redirect("interviews:panel_show", panel.promotion.code, panel.code)
