"""Publish the signed scenario: teams, offers and mails appear together, at one instant."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from candidates.models import Application
from eig.accounts.models import User
from eig.accounts.queries import accounts_of
from eig.journal.actions import entry, record_all
from eig.lifecycle import lock, move
from eig.mail.outbox import Letter, post_all
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import opened_gate
from eig.promotions.queries import phase_of
from eig.promotions.rules import end_of_day
from matching.teams import emails
from matching.teams.actions.draw import refuse_while_pending
from matching.teams.actions.scenario import refuse_stale, refuse_unfaithful
from matching.teams.choices import OfferStatus, ScenarioStatus
from matching.teams.models import Offer, Scenario, Team
from matching.teams.queries.book import Book, book_of
from matching.teams.queries.outcome import outcome_in


class SignedByThem(Exception):
    """Who signed the teams does not publish them."""


@transaction.atomic
def publish_results(scenario: Scenario, *, by: User, at: datetime) -> list[Offer]:
    """Send an offer to everyone who has a place, and the reasons to everyone else who was heard.

    By somebody else than who signed. Not before the announcement opens; not while an audition is pending;
    only a signed scenario that the checker still approves and whose inputs are still those of today.
    """
    gate = opened_gate(scenario.promotion_id, PhaseKind.ANNOUNCEMENT)
    scenario = lock(scenario, "promotion")
    # A withdrawal waits for us, or we see it: nobody who left receives an offer.
    list(
        Application.objects.select_for_update(of=("self",))
        .filter(promotion_id=scenario.promotion_id, number__isnull=False)
        .order_by("pk")
        .values_list("pk")
    )
    if scenario.signed_by_id in accounts_of(by):
        raise SignedByThem("Une autre personne que celle qui a signé les équipes les publie.")
    move(scenario, ScenarioStatus.PUBLISHED, by=by, at=gate.now, published_at=gate.now, published_by=by)
    refuse_while_pending(scenario.promotion)
    refuse_unfaithful(scenario)
    refuse_stale(scenario)
    book = book_of(scenario.promotion)
    offers = _make_offers(scenario, book=book, now=gate.now, by=by)
    letters = [*_offer_letters(scenario, offers), *_other_letters(scenario, book=book)]
    post_all(letters, at=gate.now, batch=f"results:{scenario.code}", promotion_id=scenario.promotion_id)
    return offers


def _make_offers(scenario: Scenario, *, book: Book, now: datetime, by: User) -> list[Offer]:
    result: Mapping[str, Any] = scenario.result or {}
    instance: Mapping[str, Any] = scenario.instance or {}
    promotion = scenario.promotion
    ranks = {one["id"]: one["ranks"] for one in instance["candidates"]}
    trades = {trade.code: trade for trade in promotion.trades.order_by("pk")}
    teams = {
        number: Team(promotion=promotion, project=book.projects[number], created_at=now)
        for number in sorted({*result["assignment"].values()})
    }
    Team.objects.bulk_create(teams.values())
    offers = [
        Offer(
            promotion=promotion,
            team=teams[project],
            application=book.people[person],
            trade=trades[result["roles"][person]],
            scenario=scenario,
            wish=ranks[person].index(project) + 1 if project in ranks[person] else None,
            status=OfferStatus.SENT,
            created_at=now,
            sent_at=now,
            expires_at=end_of_day(now, days=promotion.acceptance_days),
        )
        for person, project in sorted(result["assignment"].items())
    ]
    Offer.objects.bulk_create(offers)
    record_all(
        [
            *(entry("create_team", team, by=by, at=now) for team in teams.values()),
            *(entry("send_offer", offer, by=by, at=now) for offer in offers),
        ]
    )
    return offers


def _offer_letters(scenario: Scenario, offers: list[Offer]) -> list[Letter]:
    mission = phase_of(scenario.promotion, PhaseKind.MISSION)
    return [emails.offer_sent(offer, mission=mission) for offer in offers]


def _other_letters(scenario: Scenario, *, book: Book) -> list[Letter]:
    """To everyone who was heard and has no place, each with their own reasons."""
    placed = set((scenario.result or {})["assignment"])
    heard = {person for person, _, _ in (scenario.instance or {})["scores"]}
    outcomes = (
        outcome_in(scenario, book.people[number], offer=None, book=book) for number in sorted(heard - placed)
    )
    return [emails.no_offer(outcome) for outcome in outcomes if outcome is not None]
