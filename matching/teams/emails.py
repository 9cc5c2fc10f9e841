"""Tell: offers, answers, and why there is no place. One row each, one key each."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from eig.mail.outbox import Letter, letter, post_all
from eig.promotions.models import Phase
from matching.teams.models import Offer
from matching.teams.queries.outcome import Outcome
from matching.teams.queries.terms import mission_of, terms_of


def _letter(template: str, offer: Offer, mission: Phase | None) -> Letter:
    """`template` names the event, and the key with it: an offer is told once of each."""
    project, person = offer.team.project, offer.application.candidate
    return letter(
        template,
        person,
        f"{template.removeprefix('teams/').replace('_', '-')}:{offer.code}",
        offer=offer,
        promotion=offer.promotion,
        project=project,
        administration=project.administration,
        terms=terms_of(offer, mission=mission),
        link=reverse("teams:offer_detail", args=[offer.code]),
    )


def offer_sent(offer: Offer, *, mission: Phase | None) -> Letter:
    return _letter("teams/offer_sent", offer, mission)


def no_offer(outcome: Outcome) -> Letter:
    application = outcome.application
    key, link = f"no-offer:{application.code}", reverse("teams:outcome_detail", args=[application.code])
    told: dict[str, Any] = {"outcome": outcome, "promotion": application.promotion, "link": link}
    return letter("teams/no_offer", application.candidate, key, **told)


def reserve_offer(offer: Offer) -> Letter:
    return _letter("teams/reserve_offer", offer, mission_of(offer))


def _answer(template: str, offer: Offer, *, at: datetime) -> None:
    """To the person who answered (or let the time pass)."""
    post_all([_letter(template, offer, mission_of(offer))], at=at, promotion_id=offer.promotion_id)


def offer_accepted(offer: Offer, *, at: datetime) -> None:
    _answer("teams/offer_accepted", offer, at=at)


def offer_declined(offer: Offer, *, at: datetime) -> None:
    _answer("teams/offer_declined", offer, at=at)


def offer_expired(offer: Offer, *, at: datetime) -> None:
    _answer("teams/offer_expired", offer, at=at)
