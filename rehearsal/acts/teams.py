"""Act 5: the draw is sealed early; scenarios are computed, one is checked and signed; offers are answered."""

from datetime import datetime, timedelta
from functools import partial

from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition
from matching.teams.actions import (
    NobodyNext,
    accept_offer,
    commit_draw,
    compute_scenario,
    create_scenario,
    decline_offer,
    expire_offers,
    offer_to_next,
    publish_results,
    reveal_draw,
    sign_scenario,
)
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer, Team
from rehearsal.corpus import SEED
from rehearsal.world import World

# Of the first offers, so many are declined and so many left without an answer.
DECLINED, SILENT = 3, 1
# Those who give up their place leave it to someone: the reserve of their seat counts at least so many.
EASILY_REPLACED = 3


class Teams:
    def __init__(self, world: World) -> None:
        self.world = world

    def plan(self) -> None:
        world, add = self.world, self.world.timeline.add
        sealed = world.led(commit_draw, seed=f"{world.promotion.code}:{SEED}")
        add(world.day(2022, 3, 1, 11), "le tirage est scellé", sealed)
        add(world.day(2022, 7, 8, 11), "les scénarios sont calculés", self.compute)
        add(world.day(2022, 7, 12, 15), "le résultat est signé", self.sign)
        add(world.phases["announcement"].opens_at, "les propositions partent", self.publish)

    def compute(self, at: datetime) -> None:
        reveal_draw(self.world.promotion, by=self.world.lead, at=at)
        for name, minimum in (("Sans taille minimale", False), ("Équipes de deux au moins", True)):
            scenario = create_scenario(
                self.world.promotion, name=name, by=self.world.lead, at=at, enforce_minimum=minimum
            )
            compute_scenario(scenario, by=self.world.lead, at=at)
            self.scenario = scenario

    def sign(self, at: datetime) -> None:
        self.scenario.refresh_from_db()
        sign_scenario(self.scenario, by=self.world.second, at=at)

    def publish(self, at: datetime) -> None:
        self.scenario.refresh_from_db()
        offers = publish_results(self.scenario, by=self.world.lead, at=at)
        order = sorted(offers, key=lambda offer: offer.pk)
        self.world.dice.shuffle(order)
        placed = {offer.application_id for offer in offers}
        order.sort(key=lambda offer: self._waiting_behind(offer, placed) < EASILY_REPLACED)
        for rank, offer in enumerate(order):
            ends = offer.expires_at or at + timedelta(days=15)
            if rank < DECLINED:
                moment = self.world.between(at + timedelta(days=2), at + timedelta(days=7))
                self.world.timeline.add(
                    moment, "une proposition est refusée", partial(self.decline, offer.pk)
                )
            elif rank >= DECLINED + SILENT:
                moment = self.world.between(at + timedelta(hours=2), ends - timedelta(days=1), lean=1.6)
                self.world.timeline.add(
                    moment, "une proposition est acceptée", partial(self.accept, offer.pk)
                )
        for days in (8, 12):
            self.world.timeline.add(
                at + timedelta(days=days), "la liste complémentaire est appelée", self.call_reserve
            )
        self.world.timeline.add(
            max(offer.expires_at or at for offer in offers) + timedelta(hours=9),
            "les propositions sans réponse expirent",
            self.expire,
        )

    def _waiting_behind(self, offer: Offer, placed: set[int]) -> int:
        """How many people without a place were heard for this project and could take this seat."""
        heard = Audition.objects.filter(
            project=offer.team.project, status=AuditionStatus.HEARD, application__trades=offer.trade
        )
        return heard.exclude(application__in=placed).count()

    def _offer(self, pk: int) -> Offer:
        return Offer.objects.select_related("application__candidate").get(pk=pk)

    def accept(self, pk: int, at: datetime) -> None:
        offer = self._offer(pk)
        accept_offer(offer, by=offer.application.candidate)

    def decline(self, pk: int, at: datetime) -> None:
        offer = self._offer(pk)
        decline_offer(offer, by=offer.application.candidate)

    def call_reserve(self, at: datetime) -> None:
        """Offer every free seat to the next person of its project, who accepts within days."""
        for team in (
            Team.objects.filter(promotion=self.world.promotion).select_related("project").order_by("pk")
        ):
            while True:
                try:
                    offer = offer_to_next(team.project, by=self.world.lead, at=at)
                except NobodyNext:
                    break
                moment = self.world.between(at + timedelta(hours=5), at + timedelta(days=5))
                self.world.timeline.add(
                    moment, "une place de réserve est acceptée", partial(self.accept, offer.pk)
                )

    def expire(self, at: datetime) -> None:
        expire_offers(self.world.promotion, at=at)
        if Offer.objects.filter(promotion=self.world.promotion, status=OfferStatus.EXPIRED).exists():
            self.call_reserve(at)
