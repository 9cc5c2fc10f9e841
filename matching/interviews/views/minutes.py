"""The minutes of a panel: read them as they will be, freeze them, sign them."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.documents.doors import page_or_print, serve
from eig.documents.printing import printing_of, ready_document
from eig.documents.tasks import wake_workshop_after_commit
from eig.journal.choices import Shown
from eig.journal.doors import as_whom, shows
from eig.promotions.queries import moment
from matching.interviews.actions.minutes import (
    NotOnThePanel,
    NotTheScribe,
    NotYet,
    freeze_minutes,
    record_prevented,
    sign_minutes,
)
from matching.interviews.documents import MINUTES
from matching.interviews.forms.minutes import PreventedForm
from matching.interviews.models import Juror, Minutes
from matching.interviews.queries.minutes import (
    HeardLine,
    is_intact,
    minutes_lines,
    passages_of,
    signatures_of,
)
from matching.interviews.queries.room import panels_visible_to
from matching.interviews.rules.minutes import unsettled


def _shows(request: SignedInRequest, lines: Iterable[HeardLine], *, what: Shown = Shown.DOSSIER) -> None:
    """The minutes tell each person heard, less those that are hidden."""
    applications = (line.audition.application for line in lines if not line.hidden)
    shows(request, *applications, what=what, reader=as_whom(request))


@require_safe
def minutes_show(request: SignedInRequest, code: UUID) -> HttpResponse:
    """What the minutes say, or will say. Marks show once one's own cards are all signed."""
    panel = get_object_or_404(panels_visible_to(request.user), code=code)
    minutes = Minutes.objects.filter(panel=panel).first()
    reasons = [] if minutes else unsettled(passages_of(panel))
    if reasons and not request.user.is_staff:
        lines = []
    else:
        lines = minutes_lines(panel, minutes, reader=request.user)
    _shows(request, lines)
    signatures = signatures_of(panel, minutes)
    mine = next((line for line in signatures if line.seat.juror.person_id == request.user.pk), None)
    context = {
        "panel": panel,
        "promotion": panel.promotion,
        "minutes": minutes,
        "reasons": reasons,
        "lines": lines,
        "signatures": signatures,
        "may_sign": minutes is not None and mine is not None and mine.signature is None,
        "may_freeze": request.user.is_staff or (mine is not None and mine.seat.is_referent),
        "intact": minutes is None or is_intact(minutes),
        "printing": printing_of(MINUTES, minutes.pk)
        if minutes is not None and not any(line.hidden for line in lines)
        else None,
        "prevented": PreventedForm(),
    }
    return page_or_print(request, "interviews/minutes_show.html", context)


@require_POST
def minutes_freeze(request: SignedInRequest, code: UUID) -> HttpResponse:
    panel = get_object_or_404(panels_visible_to(request.user), code=code)
    said = "Le procès-verbal est établi. Chaque membre du jury est invité à le signer."
    with Doing(request, (NotTheScribe, NotYet), said=said, prints=True):
        freeze_minutes(panel, by=request.user, at=moment(panel.promotion))
    return redirect("interviews:minutes_show", code)


@require_POST
def minutes_sign(request: SignedInRequest, code: UUID) -> HttpResponse:
    panel = get_object_or_404(panels_visible_to(request.user), code=code)
    minutes = get_object_or_404(Minutes.objects.select_related("panel"), panel=panel)
    with Doing(request, NotOnThePanel, said="Votre signature est enregistrée.", prints=True):
        sign_minutes(minutes, by=request.user, at=moment(panel.promotion))
    return redirect("interviews:minutes_show", code)


@require_POST
def minutes_prevented(request: SignedInRequest, code: UUID) -> HttpResponse:
    """The team says why somebody cannot sign."""
    if not request.user.is_staff:
        raise Http404
    panel = get_object_or_404(panels_visible_to(request.user), code=code)
    minutes = get_object_or_404(Minutes.objects.select_related("panel"), panel=panel)
    form = PreventedForm(request.POST)
    if form.is_valid():
        juror = get_object_or_404(Juror, seats__panel=panel, code=form.cleaned_data["juror"])
        record_prevented(
            minutes,
            juror=juror,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=moment(panel.promotion),
        )
        wake_workshop_after_commit()
        messages.success(request, "L’empêchement est noté.")
    else:
        messages.error(request, "Indiquez pourquoi cette personne ne peut pas signer.")
    return redirect("interviews:minutes_show", code)


@require_safe
def minutes_download(request: SignedInRequest, code: UUID) -> FileResponse:
    panel = get_object_or_404(panels_visible_to(request.user), code=code)
    minutes = get_object_or_404(Minutes, panel=panel)
    lines = minutes_lines(panel, minutes, reader=request.user)
    if any(line.hidden for line in lines):
        raise Http404  # on paper nothing can be hidden from who stepped aside
    _shows(request, lines, what=Shown.FILE)
    return serve(ready_document(MINUTES, minutes.pk))
