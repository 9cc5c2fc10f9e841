"""A candidate in front of an offer, and of the reasons of the outcome."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.journal.doors import shows
from eig.promotions.queries import moment
from matching.teams.actions import OfferClosed, accept_offer, decline_offer
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer
from matching.teams.queries import offers_visible_to, outcome_for
from matching.teams.queries.offer import teammates
from matching.teams.queries.outcome import outcomes_visible_to
from matching.teams.queries.terms import mission_of, terms_of


def _context(offer: Offer) -> dict[str, object]:
    now = moment(offer.promotion)
    return {
        "offer": offer,
        "promotion": offer.promotion,
        "project": offer.team.project,
        "terms": terms_of(offer, mission=mission_of(offer)),
        "teammates": teammates(offer),
        # Names come with one's own yes: before, the trades only.
        "names_shown": offer.status == OfferStatus.ACCEPTED,
        "answerable": offer.status == OfferStatus.SENT
        and offer.expires_at is not None
        and now <= offer.expires_at,
        "late": offer.status == OfferStatus.SENT and offer.expires_at is not None and now > offer.expires_at,
    }


def offer_detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    offer = get_object_or_404(offers_visible_to(request.user), code=code)
    is_mine = offer.application.candidate_id == request.user.pk
    shows(request, offer.application)
    return render(request, "teams/offer_detail.html", {**_context(offer), "is_mine": is_mine})


def _own(request: SignedInRequest, code: UUID) -> Offer:
    """Staff may read an offer; only its person answers it."""
    return get_object_or_404(offers_visible_to(request.user), code=code, application__candidate=request.user)


def offer_accept(request: SignedInRequest, code: UUID) -> HttpResponse:
    offer = _own(request, code)
    if request.method != "POST":
        return render(request, "teams/offer_accept.html", _context(offer))
    with Doing(request, OfferClosed, said="Votre accord est enregistré. Bienvenue dans l’équipe !"):
        accept_offer(offer, by=request.user)
    return redirect("teams:offer_detail", code)


def offer_decline(request: SignedInRequest, code: UUID) -> HttpResponse:
    offer = _own(request, code)
    if request.method != "POST":
        return render(request, "teams/offer_decline.html", _context(offer))
    with Doing(request, OfferClosed, said="Votre refus est enregistré. Merci d’avoir répondu."):
        decline_offer(offer, by=request.user)
    return redirect("teams:offer_detail", code)


def outcome_detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    """« Pourquoi ce résultat ? »: one's own wishes, marks and places."""
    application = get_object_or_404(outcomes_visible_to(request.user), code=code)
    outcome = outcome_for(application)
    if outcome is None:
        raise Http404
    shows(request, application)
    return render(
        request, "teams/outcome_detail.html", {"outcome": outcome, "promotion": application.promotion}
    )
