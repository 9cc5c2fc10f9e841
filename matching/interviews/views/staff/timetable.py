"""The week board: seen, changed by hand, locked, announced, printed."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.documents.doors import page_or_print
from eig.documents.printing import printing_of
from eig.french import dates
from eig.french.spaces import spaced
from eig.juries.views.paper import Paper, download_paper, print_paper
from eig.lifecycle import IllegalMove
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.interviews import actions
from matching.interviews.actions import plan as plans
from matching.interviews.actions.slot import place_audition
from matching.interviews.actions.timetable import NotSound, publish_week
from matching.interviews.documents.timetable import TIMETABLE
from matching.interviews.models import Audition, Panel, Slot
from matching.interviews.queries import counts, slot_choices, swap_choices
from matching.interviews.queries.fault import week_faults
from matching.interviews.queries.slot import SlotChoice, SwapChoice
from matching.interviews.queries.timetable import week_board

PAPER = Paper(TIMETABLE, "Emploi du temps des auditions", "interviews:timetable_show")
REFUSALS = (
    NotSound,
    actions.NotPlaced,
    actions.SlotTaken,
    actions.CandidateBusy,
    actions.NoJury,
    actions.JurorInConflict,
    IllegalMove,
)


@require_safe
@promotion_desk
def timetable_show(request: SignedInRequest, row: Promotion) -> HttpResponse:
    found = week_faults(row)
    days = week_board(row, faults=found)
    context = {
        "promotion": row,
        "days": days,
        "chosen": _chosen(
            request.GET.get("jour", ""), [day.date for day in days], today=localtime(moment(row)).date()
        ),
        "blocking": [fault for fault in found if fault.blocks],
        "warnings": [fault for fault in found if not fault.blocks],
        "counts": counts(row),
        "printing": printing_of(TIMETABLE, row.pk),
    }
    return page_or_print(request, "interviews/staff/timetable_show.html", context)


def _chosen(asked: str, days: list[date], *, today: date) -> date | None:
    """The day asked for, else today or the next one, else the first."""
    named = [day for day in days if day.isoformat() == asked]
    return next(iter([*named, *(day for day in days if day >= today), *days]), None)


@require_safe
@promotion_desk
def timetable_check(request: SignedInRequest, row: Promotion, code: UUID) -> JsonResponse:
    """For the board, while an audition is dragged: what forbids each free slot or exchange, in words."""
    audition = _audition(row, str(code))
    return JsonResponse(
        {
            "slots": {str(choice.slot.code): _said(choice) for choice in slot_choices(audition)},
            "swaps": {
                str(choice.audition.code): {**_said(choice), "slot": str(choice.slot.code)}
                for choice in swap_choices(audition)
            },
        }
    )


def _said(choice: SlotChoice | SwapChoice) -> dict[str, object]:
    """A script shows these words: no page sets their spaces."""
    return {"obstacle": spaced(choice.obstacle), "warnings": [spaced(words) for words in choice.warnings]}


@require_POST
@promotion_desk
def timetable_move(request: SignedInRequest, row: Promotion) -> HttpResponse:
    """The end of a drag; the page « Placer » does the same without a mouse."""
    audition = _audition(row, request.POST.get("audition", ""))
    if request.POST.get("other"):
        return _swapped(request, row, audition)
    slot = get_object_or_404(
        Slot.objects.select_related("panel"), code=_uuid(request.POST.get("slot", "")), panel__promotion=row
    )
    when = dates.instant(slot.during.lower, year=False)
    said = f"{audition.application.candidate} : {when}, {slot.panel.room}."
    with Doing(request, REFUSALS, said=said):
        place_audition(audition, slot=slot, by=request.user, at=moment(row))
    return _back(request, row)


def _swapped(request: SignedInRequest, row: Promotion, audition: Audition) -> HttpResponse:
    other = _audition(row, request.POST["other"])
    into = _uuid(request.POST.get("slot", ""))
    said = f"{audition.application.candidate} et {other.application.candidate} ont échangé leurs horaires."
    with Doing(request, REFUSALS, said=said):
        actions.swap_auditions(audition, other, into=into, by=request.user, at=moment(row))
    return _back(request, row)


@require_POST
@promotion_desk
def timetable_lock(request: SignedInRequest, row: Promotion) -> HttpResponse:
    """Lock or unlock a panel or an audition: it then keeps its place in every computed timetable."""
    locked = request.POST.get("locked") == "1"
    if request.POST.get("panel"):
        panel = get_object_or_404(Panel, code=_uuid(request.POST["panel"]), promotion=row)
        plans.lock_panel(panel, locked=locked, by=request.user, at=moment(row))
    else:
        audition = _audition(row, request.POST.get("audition", ""))
        plans.lock_audition(audition, locked=locked, by=request.user, at=moment(row))
    messages.success(request, "Verrouillé : aucun calcul n’y touchera." if locked else "Déverrouillé.")
    return _back(request, row)


@require_POST
@promotion_desk
def timetable_publish(request: SignedInRequest, row: Promotion) -> HttpResponse:
    with Doing(request, REFUSALS) as done:
        people, jurors = publish_week(row, by=request.user, at=moment(row))
        done.said = f"Horaires annoncés : {people} candidats et candidates, {jurors} jurés et jurées."
    return redirect("interviews:timetable_show", row.code)


@require_POST
@promotion_desk
def timetable_print(request: SignedInRequest, row: Promotion) -> HttpResponse:
    return print_paper(request, row, PAPER)


@require_safe
@promotion_desk
def timetable_download(request: SignedInRequest, row: Promotion) -> FileResponse | HttpResponse:
    return download_paper(request, row, PAPER)


def _uuid(code: str) -> UUID:
    try:
        return UUID(code)
    except ValueError:
        return UUID(int=0)


def _audition(promotion: Promotion, code: str) -> Audition:
    rows = Audition.objects.select_related("application__candidate", "project", "promotion", "slot__panel")
    return get_object_or_404(rows, code=_uuid(code), promotion=promotion)


def _back(request: SignedInRequest, row: Promotion) -> HttpResponse:
    """To the day where the deed was done."""
    response = redirect("interviews:timetable_show", row.code)
    with suppress(ValueError):
        response.headers["Location"] += f"?jour={date.fromisoformat(request.POST.get('jour', '')):%Y-%m-%d}"
    return response
