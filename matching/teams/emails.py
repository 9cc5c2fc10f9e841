"""Tell: offers, answers, and why there is no place. One row each, one key each."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from eig.mail.outbox import Letter, post_all
from eig.promotions.models import Phase
from matching.teams.models import Offer
from matching.teams.queries.outcome import Outcome
from matching.teams.queries.terms import mission_of, terms_of


def _about(offer: Offer, mission: Phase | None) -> Mapping[str, Any]:
    return {
        "offer": offer,
        "promotion": offer.promotion,
        "project": offer.team.project,
        "administration": offer.team.project.administration,
        "terms": terms_of(offer, mission=mission),
        "link": reverse("teams:offer_detail", args=[offer.code]),
    }


def offer_sent(offer: Offer, *, mission: Phase | None) -> Letter:
    return Letter(
        "teams/offer_sent", offer.application.candidate, f"offer-sent:{offer.code}", _about(offer, mission)
    )


def no_offer(outcome: Outcome) -> Letter:
    application = outcome.application
    return Letter(
        "teams/no_offer",
        application.candidate,
        f"no-offer:{application.code}",
        {
            "outcome": outcome,
            "promotion": application.promotion,
            "link": reverse("teams:outcome_detail", args=[application.code]),
        },
    )


def reserve_offer(offer: Offer) -> Letter:
    return Letter(
        "teams/reserve_offer",
        offer.application.candidate,
        f"reserve-offer:{offer.code}",
        _about(offer, mission_of(offer)),
    )


def _answer(template: str, offer: Offer, *, at: datetime) -> None:
    """To the person who answered (or let the time pass)."""
    key = f"{template.removeprefix('teams/').replace('_', '-')}:{offer.code}"
    letter = Letter(template, offer.application.candidate, key, _about(offer, mission_of(offer)))
    post_all([letter], at=at, promotion_id=offer.promotion_id)


def offer_accepted(offer: Offer, *, at: datetime) -> None:
    _answer("teams/offer_accepted", offer, at=at)


def offer_declined(offer: Offer, *, at: datetime) -> None:
    _answer("teams/offer_declined", offer, at=at)


def offer_expired(offer: Offer, *, at: datetime) -> None:
    _answer("teams/offer_expired", offer, at=at)
