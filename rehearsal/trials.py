"""Deeds that a promotion must refuse, tried at the worst moments: each acceptance is a broken rule."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction

from candidates.actions import submit_application
from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.lifecycle import IllegalMove
from eig.promotions.gate import PhaseNotOpen
from matching.ranking.actions import certify_ranking
from matching.ranking.models import Choice, Ranking
from matching.teams.actions import OfferClosed, accept_offer
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer
from projects.actions import publish_projects, submit_project
from projects.choices import Status as ProjectStatus
from projects.models import Project
from rehearsal.world import World

REFUSALS = (PhaseNotOpen, IllegalMove, OfferClosed, DatabaseError)


class Trials:
    """Collects what was refused, and what was accepted and should not have been."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.refused: list[str] = []
        self.broken: list[str] = []

    def plan(self) -> None:
        world = self.world
        minute = timedelta(minutes=1)
        self._try(
            world.phases["projects"].closes_at + minute, "un projet déposé en retard", self.late_project
        )
        self._try(
            world.phases["applications"].closes_at + minute,
            "une candidature en retard",
            self.late_application,
        )
        self._try(world.phases["reveal"].opens_at - minute, "des défis publiés trop tôt", self.early_reveal)
        self._try(
            world.phases["ranking"].closes_at + minute, "des vœux certifiés en retard", self.late_ranking
        )
        self._try(world.phases["ranking"].closes_at - minute, "un sixième vœu", self.sixth_wish)
        self._try(world.phases["ranking"].closes_at - minute, "deux fois le même défi", self.same_wish)
        self._try(
            world.phases["acceptance"].closes_at + timedelta(days=1),
            "une réponse en retard",
            self.late_answer,
        )

    def _try(self, at: datetime, label: str, deed: Callable[[datetime], bool]) -> None:
        self.world.timeline.add(at, f"essai : {label}", lambda at: self._attempt(label, deed, at))

    def _attempt(self, label: str, deed: Callable[[datetime], bool], at: datetime) -> None:
        try:
            with transaction.atomic():
                tried = deed(at)
        except REFUSALS:
            self.refused.append(label)
        else:
            self.broken.append(f"accepté : {label}" if tried else f"essai impossible : {label}")

    def late_project(self, at: datetime) -> bool:
        draft = Project.objects.filter(promotion=self.world.promotion, status=ProjectStatus.DRAFT).order_by(
            "pk"
        )[0]
        submit_project(draft, by=draft.updated_by)
        return True

    def late_application(self, at: datetime) -> bool:
        draft = Application.objects.filter(
            promotion=self.world.promotion, status=ApplicationStatus.DRAFT
        ).order_by("pk")[0]
        submit_application(draft, by=draft.candidate)
        return True

    def early_reveal(self, at: datetime) -> bool:
        publish_projects(self.world.promotion, by=self.world.lead, at=at)
        return True

    def _ranking(self, status: str) -> Ranking:
        return Ranking.objects.filter(application__promotion=self.world.promotion, status=status).order_by(
            "pk"
        )[0]

    def late_ranking(self, at: datetime) -> bool:
        ranking = self._ranking("draft")
        certify_ranking(ranking, by=ranking.application.candidate)
        return True

    def sixth_wish(self, at: datetime) -> bool:
        ranking = self._ranking("draft")
        taken = ranking.choices.values("project")
        other = Project.objects.filter(
            promotion=self.world.promotion, status=ProjectStatus.PUBLISHED
        ).exclude(pk__in=taken)
        Choice.objects.create(ranking=ranking, project=other.order_by("pk")[0], position=6)
        return True

    def same_wish(self, at: datetime) -> bool:
        ranking = self._ranking("draft")
        first = ranking.choices.order_by("position")[0]
        last = ranking.choices.count()
        Choice.objects.create(ranking=ranking, project=first.project, position=min(last + 1, 5))
        return True

    def late_answer(self, at: datetime) -> bool:
        offer = Offer.objects.filter(
            promotion=self.world.promotion, status__in=[OfferStatus.SENT, OfferStatus.EXPIRED]
        ).order_by("pk")[0]
        accept_offer(offer, by=offer.application.candidate)
        return True
