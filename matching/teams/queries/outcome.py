"""What a candidate may know of the outcome: their own wishes and marks, nothing of anybody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.accounts.models import User
from eig.promotions.models import Promotion
from matching.interviews.models import Audition
from matching.ranking.choices import Status as RankingStatus
from matching.teams.choices import Reason, ScenarioStatus
from matching.teams.models import Offer, Scenario
from matching.teams.queries.book import Book, book_of
from matching.teams.queries.offer import TOLD
from matching.teams.rules import standing_of


@dataclass(frozen=True, slots=True)
class WishOutcome:
    """One wish: the reason, one's own mark and place. No cut-off, which would be somebody's mark."""

    rank: int
    project: str
    reason: Reason
    mark: Decimal | None
    place: int | None
    heard: int
    drawn: int | None
    """One's own position in the draw, told only when it decided."""

    @property
    def sentence(self) -> str:
        return self.reason.label

    @property
    def is_assigned(self) -> bool:
        return self.reason == Reason.ASSIGNED


@dataclass(frozen=True, slots=True)
class Outcome:
    """After publication only."""

    application: Application
    scenario: Scenario
    offer: Offer | None
    wishes: tuple[WishOutcome, ...]
    people: int
    """How many candidates the matching counted."""
    drawn: int
    top: int

    @property
    def has_place(self) -> bool:
        return any(wish.is_assigned for wish in self.wishes)

    @property
    def was_heard(self) -> bool:
        """By a jury of one project at least: nobody else waits on a reserve."""
        return any(wish.place for wish in self.wishes)


def published_scenario(promotion: Promotion) -> Scenario | None:
    return Scenario.objects.filter(promotion=promotion, status=ScenarioStatus.PUBLISHED).first()


def outcomes_visible_to(user: User, *, own: bool = False) -> QuerySet[Application]:
    """Applications whose outcome is published: one's own; every one for staff, unless `own` is asked."""
    heard = Audition.objects.filter(application=OuterRef("pk"), score__isnull=False)
    published = Application.objects.filter(
        Q(ranking__status=RankingStatus.CERTIFIED) | Q(Exists(heard)),
        promotion__scenarios__status=ScenarioStatus.PUBLISHED,
        status=ApplicationStatus.SHORTLISTED,
    )
    visible = published if user.is_staff and not own else published.filter(candidate=user)
    return visible.select_related("promotion", "candidate").order_by("pk")


def outcome_for(application: Application) -> Outcome | None:
    """None before publication, and for whoever was not part of the matching."""
    scenario = published_scenario(application.promotion)
    if scenario is None:
        return None
    offer = (
        Offer.objects.filter(application=application, status__in=TOLD, sent_at__isnull=False)
        .select_related("team__project", "trade", "promotion")
        .order_by("-created_at", "-pk")
        .first()
    )
    return outcome_in(scenario, application, offer=offer, book=book_of(application.promotion, people=[]))


def outcome_in(
    scenario: Scenario, application: Application, *, offer: Offer | None, book: Book
) -> Outcome | None:
    """The safe part of a scenario for one person; `book` is given: many letters cost no more queries."""
    instance: Mapping[str, Any] = scenario.instance or {}
    reasons: Mapping[str, str] = (scenario.result or {}).get("reasons", {}).get(application.number, {})
    lottery: list[str] = instance.get("lottery", [])
    if application.number not in lottery:
        return None
    entry = next(one for one in instance["candidates"] if one["id"] == application.number)
    drawn = lottery.index(application.number) + 1
    scores = {project: score for person, project, score in instance["scores"] if person == application.number}
    wishes = []
    for rank, project in enumerate(entry["ranks"], start=1):
        reason = Reason(reasons[project])
        standing = standing_of(
            application.number, project=project, scores=instance["scores"], lottery=lottery
        )
        wishes.append(
            WishOutcome(
                rank=rank,
                project=book.title(project),
                reason=reason,
                mark=book.mark(scores.get(project)),
                place=standing.rank if standing else None,
                heard=standing.heard if standing else 0,
                drawn=drawn if reason == Reason.OUTRANKED_BY_LOTTERY else None,
            )
        )
    return Outcome(
        application=application,
        scenario=scenario,
        offer=offer,
        wishes=tuple(wishes),
        people=len(lottery),
        drawn=drawn,
        top=book.scale.top,
    )
