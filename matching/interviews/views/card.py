"""The juror's doors: the jury day, the dossier beside the grid, signing alone, stepping aside."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from candidates.models import Attachment
from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.answers import posted
from eig.design.saving import saves_itself
from eig.documents.doors import serve
from eig.dossiers.desks import Crumb
from eig.evaluation.actions import SheetChanged
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.queries import grid_of
from eig.evaluation.views.recusal import recusal_page
from eig.evaluation.views.sheet import autosaved, keep, sheet_shown, sign_page
from eig.french import dates, folded
from eig.journal.choices import Reader, Shown
from eig.journal.doors import shows
from eig.juries.views.paper import seats_calendar
from eig.lifecycle import IllegalMove
from eig.promotions.queries import moment
from matching.interviews import actions
from matching.interviews.actions.panel import TABLE
from matching.interviews.forms import ScorecardForm
from matching.interviews.models import PanelSeat, Scorecard
from matching.interviews.queries import (
    card_dossier,
    cards_visible_to,
    files_of,
    my_cards,
    my_seats,
    others_cards,
)
from matching.interviews.queries.minutes import minutes_to_sign

REFUSALS = (
    actions.NotHeld,
    SheetChanged,
    actions.SheetClosed,
    actions.MarksMissing,
    actions.ReasonNeeded,
    IllegalMove,
)

# Who reads why a juror steps aside.
IN_MINUTES = "Il figure au procès-verbal."


@dataclass(frozen=True, slots=True)
class Sitting:
    """One of my panels, with my cards in it."""

    seat: PanelSeat
    cards: tuple[Scorecard, ...]

    @property
    def title(self) -> str:
        panel = self.seat.panel
        return f"Auditions du {dates.instant(panel.during.lower, weekday=True)}, {panel.name}"

    @property
    def others(self) -> list[str]:
        seats = self.seat.panel.seats.all()
        others = (str(other.juror) for other in seats if other.juror_id != self.seat.juror_id)
        return sorted(others, key=folded)

    @property
    def signed(self) -> int:
        return sum(card.sheet.status == SheetStatus.SIGNED for card in self.cards)


def _card(request: SignedInRequest, code: UUID) -> Scorecard:
    return get_object_or_404(cards_visible_to(request.user), sheet__code=code)


@require_safe
def jury_day(request: SignedInRequest) -> HttpResponse:
    cards = list(my_cards(request.user))
    seats = my_seats(request.user)
    now = moment(seats[0].panel.promotion) if seats else timezone.now()
    sittings = [
        Sitting(
            seat,
            tuple(
                card for card in cards if card.audition.slot and card.audition.slot.panel_id == seat.panel_id
            ),
        )
        for seat in seats
    ]
    coming = [card for card in cards if card.audition.during and card.audition.during.upper > now]
    context = {
        "sittings": sittings,
        "next_card": coming[0] if coming else None,
        "to_sign": sum(card.sheet.status == SheetStatus.DRAFT for card in cards) - len(coming),
        "now": now,
        "to_sign_minutes": minutes_to_sign(request.user),
    }
    return render(request, "interviews/jury_day.html", context)


@require_safe
def jury_calendar(request: SignedInRequest) -> HttpResponse:
    return seats_calendar(request, TABLE, name="jurys-des-auditions")


@require_http_methods(["GET", "HEAD", "POST"])
def scorecard_edit(request: SignedInRequest, code: UUID) -> HttpResponse:
    """The dossier beside the grid; each change is kept.

    « Relire et signer » checks that nothing is missing.
    """
    card = _card(request, code)
    if card.sheet.status == SheetStatus.SIGNED and not saves_itself(request):
        return _signed(request, card)
    grid = grid_of(card.audition.promotion_id, Stage.AUDITION)
    signing = "sign" in request.POST
    form = ScorecardForm(posted(request), grid=grid, sheet=card.sheet, signing=signing)
    if request.method == "POST":
        save = partial(actions.save_scorecard, card, by=request.user, at=moment(card.audition.promotion))
        kept = keep(form, save, refusals=REFUSALS)
        if saves_itself(request):
            over = (actions.NotHeld, actions.SheetClosed)
            return autosaved(request, form, sheet=card.sheet, kept=kept, over=over)
        if kept and signing:
            return redirect("interviews:scorecard_sign", code)
        if kept:
            messages.success(request, "Votre fiche est enregistrée. Elle reste à signer.")
            return redirect("interviews:scorecard_edit", code)
    return render(request, "interviews/scorecard_edit.html", {**_context(request, card), "form": form})


def _context(request: SignedInRequest, card: Scorecard) -> dict[str, object]:
    application = card.audition.application
    shows(request, application, reader=Reader.JUROR)
    return {
        "card": card,
        "audition": card.audition,
        "promotion": card.audition.promotion,
        "application": application,
        "sections": card_dossier(application),
        "files": files_of(application),
    }


def _signed(request: SignedInRequest, card: Scorecard) -> HttpResponse:
    grid = grid_of(card.audition.promotion_id, Stage.AUDITION)
    context = {**_context(request, card), **sheet_shown(card.sheet, grid), "others": others_cards(card, grid)}
    return render(request, "interviews/scorecard_signed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scorecard_sign(request: SignedInRequest, code: UUID) -> HttpResponse:
    card = _card(request, code)
    if card.sheet.status == SheetStatus.SIGNED:
        return redirect("interviews:scorecard_edit", code)
    if request.method == "POST":
        said = "Votre fiche est signée. Les fiches signées des autres jurés vous sont ouvertes."
        with Doing(request, REFUSALS, said=said):
            actions.sign_scorecard(card, by=request.user, at=moment(card.audition.promotion))
        return redirect("interviews:scorecard_edit", code)
    shows(request, card.audition.application, reader=Reader.JUROR)
    return sign_page(
        request,
        card.sheet,
        grid_of(card.audition.promotion_id, Stage.AUDITION),
        crumbs=_crumbs(card),
        title="Signer ma fiche",
        subject=card.audition.application.candidate,
        label="Signer",
        words="Une fois signée, votre fiche ne peut plus changer. "
        "Signez avant d’échanger avec les autres membres du jury.",
    )


def _crumbs(card: Scorecard) -> list[Crumb]:
    here = reverse("interviews:scorecard_edit", args=[card.sheet.code])
    return [
        Crumb("Mon jury", reverse("interviews:jury_day")),
        Crumb(str(card.audition.application.candidate), here),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def scorecard_recuse(request: SignedInRequest, code: UUID) -> HttpResponse:
    card = _card(request, code)
    application = card.audition.application
    return recusal_page(
        request,
        card.audition.promotion,
        partial(actions.recuse_juror, card.juror, application=application),
        subject=str(application.candidate),
        words="Vous n’évaluerez plus cette personne, pour aucun projet : "
        "vos fiches sur elle sortent des moyennes et son dossier se ferme.",
        crumbs=_crumbs(card),
        said="Votre déport est enregistré : vous n’évaluez plus cette personne.",
        readers=IN_MINUTES,
    )


@require_safe
def file_download(request: SignedInRequest, code: UUID, document: UUID) -> FileResponse:
    card = _card(request, code)
    attachment = get_object_or_404(
        Attachment.objects.select_related("document"),
        application_id=card.audition.application_id,
        document__code=document,
    )
    shows(request, card.audition.application, what=Shown.FILE, reader=Reader.JUROR)
    return serve(attachment.document)
