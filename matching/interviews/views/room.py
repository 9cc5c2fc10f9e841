"""The room on the day, for those who sit there and for the programme team: a page that works on a tablet."""

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
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.french import dates
from eig.journal.doors import as_whom, shows
from eig.juries.actions import TooEarly
from eig.lifecycle import IllegalMove
from eig.promotions.queries import moment
from matching.interviews.actions.card import JurorInConflict
from matching.interviews.actions.lock import MinutesWritten
from matching.interviews.actions.minutes import NotTheScribe, SignFirst, write_opinion
from matching.interviews.actions.room import (
    NotInTheRoom,
    RoomBusy,
    begin_passage,
    end_passage,
    go_by_phone,
    note_presence,
    reschedule,
)
from matching.interviews.actions.slot import CandidateBusy, NoJury, SlotTaken
from matching.interviews.forms.room import NewTimeForm, OpinionForm, PresenceForm
from matching.interviews.models import Audition, Opinion
from matching.interviews.queries import slot_choices
from matching.interviews.queries.room import auditions_of_room, panels_visible_to, room_of
from matching.interviews.queries.slot import SlotChoice

REFUSALS = (
    NotInTheRoom,
    RoomBusy,
    MinutesWritten,
    IllegalMove,
    SlotTaken,
    CandidateBusy,
    NoJury,
    JurorInConflict,
    NotTheScribe,
    SignFirst,
    TooEarly,
)
MOST_TIMES = 12


def _audition(request: SignedInRequest, code: UUID) -> Audition:
    return get_object_or_404(auditions_of_room(request.user), code=code)


def _room(audition: Audition) -> HttpResponse:
    if audition.slot is None:
        return redirect("interviews:jury_day")
    return redirect("interviews:room_show", audition.slot.panel.code)


@require_safe
def room_show(request: SignedInRequest, code: UUID) -> HttpResponse:
    """The whole room; htmx asks now and then for what changed."""
    panel = get_object_or_404(panels_visible_to(request.user), code=code)
    room, now = room_of(panel, user=request.user), moment(panel.promotion)
    steps, current = room.timer(now)
    context = {
        "room": room,
        "panel": panel,
        "promotion": panel.promotion,
        "steps": steps,
        "current": current,
        "now": now,
        "is_scribe": request.user.is_staff or (room.mine is not None and room.mine.is_referent),
    }
    if request.htmx:
        return render(request, "interviews/_room.html", context)
    return render(request, "interviews/room_show.html", context)


def _do(request: SignedInRequest, audition: Audition, change: Callable[..., object]) -> HttpResponse:
    with Doing(request, REFUSALS):
        change(audition, by=request.user, at=moment(audition.promotion))
    return _room(audition)


@require_POST
def passage_presence(request: SignedInRequest, code: UUID) -> HttpResponse:
    audition, form = _audition(request, code), PresenceForm(request.POST)
    if not form.is_valid():
        return _room(audition)
    return _do(request, audition, partial(note_presence, **form.cleaned_data))


@require_POST
def passage_begin(request: SignedInRequest, code: UUID) -> HttpResponse:
    begin = partial(begin_passage, by_phone="phone" in request.POST)
    return _do(request, _audition(request, code), begin)


@require_POST
def passage_end(request: SignedInRequest, code: UUID) -> HttpResponse:
    return _do(request, _audition(request, code), end_passage)


@require_POST
def passage_phone(request: SignedInRequest, code: UUID) -> HttpResponse:
    return _do(request, _audition(request, code), go_by_phone)


@require_http_methods(["GET", "HEAD", "POST"])
def passage_reschedule(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Another time, in two clicks: the free times to come where nobody of the panel stepped aside."""
    audition = _audition(request, code)
    if request.method == "POST":
        form = NewTimeForm(request.POST)
        chosen = next(
            (
                choice.slot
                for choice in _times(audition)
                if form.is_valid() and choice.slot.code == form.cleaned_data["slot"]
            ),
            None,
        )
        if chosen is None:
            messages.error(request, "Ce créneau n’est plus libre. Choisissez-en un autre.")
            return redirect("interviews:passage_reschedule", code)
        panel = audition.slot.panel if audition.slot else chosen.panel
        when = dates.hour(chosen.during.lower)
        said = f"Nouvel horaire : {when}, {chosen.panel.room}. La personne est prévenue."
        with Doing(request, REFUSALS, said=said) as done:
            reschedule(audition, slot=chosen, by=request.user, at=moment(audition.promotion))
        if not done:
            return redirect("interviews:passage_reschedule", code)
        return redirect("interviews:room_show", panel.code)
    context = {"audition": audition, "choices": _times(audition)[:MOST_TIMES], "panel": audition.slot}
    return render(request, "interviews/passage_reschedule.html", context)


def _times(audition: Audition) -> list[SlotChoice]:
    """Free times not begun yet, this room first; the audition's own time when the person was missing."""
    now = moment(audition.promotion)
    here = audition.slot.panel_id if audition.slot else None
    choices = [
        choice for choice in slot_choices(audition) if not choice.obstacle and choice.slot.during.upper > now
    ]
    return sorted(
        choices, key=lambda item: (item.slot.panel_id != here, item.slot.during.lower, item.slot.pk)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def opinion_edit(request: SignedInRequest, code: UUID) -> HttpResponse:
    """What the panel thinks together, written by its référent·e once everybody has signed."""
    audition = _audition(request, code)
    grid = grid_of(audition.promotion_id, Stage.AUDITION)
    opinion = Opinion.objects.filter(audition=audition).first()
    initial = {"text": opinion.text, "verdict": opinion.verdict} if opinion else {}
    form = OpinionForm(posted(request), grid=grid, initial=initial)
    room = room_of(audition.slot.panel, user=request.user) if audition.slot else None
    if room is None or not (request.user.is_staff or (room.mine is not None and room.mine.is_referent)):
        messages.error(request, "L’avis collectif est écrit par la personne référente du jury.")
        return _room(audition)
    if request.method == "POST" and form.is_valid():
        data, at = form.cleaned_data, moment(audition.promotion)
        with Doing(request, REFUSALS, said="L’avis collectif est enregistré.", form=form) as done:
            write_opinion(
                audition, text=data["text"], verdict=data.get("verdict", ""), by=request.user, at=at
            )
        if done:
            return _room(audition)
    shows(request, audition.application, reader=as_whom(request))
    return render(request, "interviews/opinion_edit.html", {"audition": audition, "form": form})
