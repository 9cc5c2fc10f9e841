"""The team's page of a jury, the same for both kinds: its hours, who sits there, who is heard."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.answers import form_page, posted
from eig.juries.desks import Jury, JuryDesk
from eig.juries.forms import PanelForm, SeatForm
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

CREATED = "Le jury est créé : faites-y siéger des personnes."
REFERENT, REMOVE, MOVE = "referent", "remove", "move"
SEATED = ("juror__person", "juror__promotion")


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def panel_create(request: SignedInRequest, row: Promotion, desk: JuryDesk) -> HttpResponse:
    form = PanelForm(posted(request))
    if form.is_valid():
        with Doing(request, desk.refusals, said=CREATED, form=form) as done:
            panel = desk.create(row, by=request.user, at=moment(row), **form.values())
        if done:
            return redirect(desk.door("page", row, panel.code))
    context = {"promotion": row, "form": form, "crumbs": desk.crumbs(row, "list")}
    return form_page(request, "juries/panel_create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def panel_page(request: SignedInRequest, row: Promotion, code: UUID, desk: JuryDesk) -> HttpResponse:
    """Everything of one jury; what is posted changes its name, room and hours."""
    jury = _jury(row, code, desk)
    form = PanelForm(posted(request), panel=jury.panel)
    if form.is_valid():
        with Doing(request, desk.refusals, said=f"Le jury est modifié. {desk.told}", form=form) as done:
            desk.change(jury.panel, by=request.user, at=moment(row), **form.values())
        if done:
            return _to(row, code, desk)
    context = {
        "promotion": row,
        "desk": desk,
        "jury": jury,
        "panel": jury.panel,
        "form": form,
        "crumbs": desk.crumbs(row, "list"),
        "change": desk.door("change", row, code),
        "remove": desk.door("remove", row, code),
        "seat": desk.door("seat", row, code),
        "seat_form": SeatForm(people=jury.offered),
        "seats": [_seat_line(row, seat, desk) for seat in jury.seats],
        "others": list(_others(row, jury.panel, desk)),
        **jury.heard,
    }
    return form_page(request, "juries/panel_page.html", context)


def _jury(row: Promotion, code: UUID, desk: JuryDesk) -> Jury:
    jury = desk.jury_of(row, code)
    if jury is None:
        raise Http404
    return jury


def _seat_line(row: Promotion, seat: Any, desk: JuryDesk) -> dict[str, Any]:
    acts = {deed: desk.seat_door(seat, deed) for deed in (REFERENT, REMOVE, MOVE)}
    return {"seat": seat, "who": str(seat.juror), "href": desk.door("juror", row, seat.juror.code), **acts}


def _panel(row: Promotion, code: UUID, desk: JuryDesk) -> Any:
    panels = desk.table.panels._default_manager.select_related("promotion")
    return get_object_or_404(panels, promotion=row, code=code)


def _to(row: Promotion, code: UUID, desk: JuryDesk) -> HttpResponse:
    return redirect(desk.door("page", row, code))


@require_POST
@promotion_desk
def panel_remove(request: SignedInRequest, row: Promotion, code: UUID, desk: JuryDesk) -> HttpResponse:
    panel = _panel(row, code, desk)
    with Doing(request, desk.refusals, said="Le jury est supprimé.") as done:
        desk.remove(panel, by=request.user, at=moment(row))
    return redirect(desk.door("list", row)) if done else _to(row, code, desk)


@require_POST
@promotion_desk
def seat_add(request: SignedInRequest, row: Promotion, code: UUID, desk: JuryDesk) -> HttpResponse:
    jury = _jury(row, code, desk)
    form = SeatForm(request.POST, people=jury.offered)
    if not form.is_valid():
        messages.error(request, "Choisissez une personne qui ne siège pas encore dans ce jury.")
        return _to(row, code, desk)
    juror, referent = form.chosen(), form.cleaned_data["referent"]
    with Doing(request, desk.refusals, said=f"{juror} siège dans ce jury."):
        desk.seat(jury.panel, juror=juror, referent=referent, by=request.user, at=moment(row))
    return _to(row, code, desk)


@require_POST
@promotion_desk
def seat_change(
    request: SignedInRequest,
    row: Promotion,
    code: UUID,
    desk: JuryDesk,
    juror: UUID | None = None,
    deed: str = "",
) -> HttpResponse:
    """Name référent, take out, or move to another jury: the address or the post say which, and whom."""
    panel, deed = _panel(row, code, desk), deed or request.POST.get("deed", MOVE)
    member = get_object_or_404(desk.jurors(row), code=juror or _code(request.POST.get("juror", "")))
    seats = desk.table.seats._default_manager.select_related(desk.table.panel, *SEATED)
    seat = seats.filter(**{desk.table.panel: panel}, juror=member).first()
    to = _others(row, panel, desk).filter(code=_code(request.POST.get("to", ""))).first()
    acts: dict[str, tuple[Callable[..., object], str]] = {
        REFERENT: (desk.refer, f"{member} est référent·e de ce jury."),
        REMOVE: (desk.unseat, f"{member} ne siège plus dans ce jury."),
    }
    if to is not None:
        acts[MOVE] = partial(desk.move, to=to), f"{member} siège désormais dans « {to.name} »."
    if seat is None:
        messages.error(request, f"{member} ne siège pas dans ce jury.")
    elif deed not in acts:
        messages.error(request, "Choisissez un autre jury.")
    else:
        act, said = acts[deed]
        with Doing(request, desk.refusals, said=said):
            act(seat, by=request.user, at=moment(row))
    return _to(row, code, desk)


def _others(row: Promotion, panel: Any, desk: JuryDesk) -> QuerySet[Any]:
    """The juries to which a member may go."""
    panels: QuerySet[Any] = desk.table.panels._default_manager.filter(promotion=row)
    return panels.exclude(pk=panel.pk).order_by("during", "room", "pk")


def _code(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
