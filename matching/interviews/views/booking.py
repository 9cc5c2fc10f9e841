"""The candidate's doors on the time of an audition: choose it, move it."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from eig.accounts.doors import SignedInRequest
from eig.lifecycle import IllegalMove
from eig.mail.tasks import wake_after_commit
from eig.promotions.queries import moment
from matching.interviews.actions import (
    CandidateBusy,
    JurorInConflict,
    NoJury,
    NotYours,
    SlotTaken,
    choose_slot,
    move_own_audition,
)
from matching.interviews.forms import SlotForm
from matching.interviews.models import Audition, Slot
from matching.interviews.queries import MyAudition, auditions_known_to, compatible_slots, my_audition

REFUSALS = (CandidateBusy, IllegalMove, JurorInConflict, NoJury, NotYours, SlotTaken)


@require_http_methods(["GET", "HEAD", "POST"])
def audition_book(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Every compatible slot by day; POST takes one, or says who was quicker and shows what is left."""
    audition = get_object_or_404(auditions_known_to(request.user), code=code)
    mine = my_audition(audition, now=moment(audition.promotion))
    if not (mine.freedom.chooses or mine.freedom.moves):
        messages.info(request, mine.freedom.obstacle or "L’horaire de cette audition ne se choisit pas ici.")
        return redirect("interviews:audition_detail", code)
    slots = compatible_slots(audition, now=moment(audition.promotion))
    if request.method != "POST":
        return _page(request, mine, slots=slots)
    form = SlotForm(request.POST, slots=slots)
    if not form.is_valid():
        return _page(request, mine, slots=slots, refusal=" ".join(map(str, form.errors["slot"])), status=409)
    deed = choose_slot if mine.freedom.chooses else move_own_audition
    try:
        deed(audition, slot=form.cleaned_data["slot"], by=request.user)
    except REFUSALS as reason:
        left = compatible_slots(audition, now=moment(audition.promotion))
        return _page(request, mine, slots=left, refusal=str(reason), status=409)
    wake_after_commit()
    messages.success(request, "C’est noté. Vous recevez un courriel avec le fichier pour votre agenda.")
    return redirect("interviews:audition_detail", code)


def _page(
    request: SignedInRequest, mine: MyAudition, *, slots: list[Slot], refusal: str = "", status: int = 200
) -> HttpResponse:
    audition: Audition = mine.audition
    context = {
        "audition": audition,
        "mine": mine,
        "days": [
            (day, list(found))
            for day, found in groupby(slots, key=lambda slot: localtime(slot.during.lower).date())
        ],
        "refusal": refusal,
    }
    return render(request, "interviews/audition_book.html", context, status=status)
