"""What the page of wishes shows: the list, the projects offered, what may be done now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from candidates.models import Application
from eig.french import dates
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import refusal
from eig.promotions.models import Phase
from eig.promotions.queries import moment, phase_of
from matching.ranking.choices import Status
from matching.ranking.forms import OfferFilter, ReasonForm
from matching.ranking.models import Adjustment, Choice, Ranking
from matching.ranking.queries import (
    OfferedProject,
    adjustments_open,
    mentions,
    projects_offered,
    ranking_of,
    wishes_of,
)
from matching.ranking.rules import wishes_needed


@dataclass(frozen=True, slots=True)
class Wished:
    """A line of the list, with the buttons it may show."""

    choice: Choice
    form: ReasonForm
    slug: str
    is_first: bool
    is_last: bool
    is_stale: bool
    ranks: tuple[int, ...]
    administration: str

    @property
    def button_id(self) -> str:
        return f"voeu-{self.choice.project.code}"


@dataclass(frozen=True, slots=True)
class Offer:
    project: OfferedProject
    rank: int
    may_add: bool


@dataclass(frozen=True, slots=True)
class Workspace:
    application: Application
    ranking: Ranking
    phase: Phase | None
    now: datetime
    wished: tuple[Wished, ...]
    offers: tuple[Offer, ...]
    filters: OfferFilter
    query: str
    needed: int
    offered_number: int
    kept_number: int
    adjustments: tuple[Adjustment, ...]

    @property
    def is_open(self) -> bool:
        return self.phase is not None and self.phase.is_open(self.now)

    @property
    def closing(self) -> str:
        """Why nothing may change now, with the official time."""
        if self.phase is None:
            return "L’expression des vœux n’est pas encore prévue au calendrier."
        return refusal(self.phase, self.now) or ""

    @property
    def deadline(self) -> str:
        return dates.deadline(self.phase.closes_at) if self.phase else ""

    @property
    def is_certified(self) -> bool:
        return self.ranking.status == Status.CERTIFIED

    @property
    def may_edit(self) -> bool:
        return self.is_open and not self.is_certified

    @property
    def missing(self) -> int:
        """How many wishes are still needed before certifying."""
        return max(0, self.needed - len(self.wished))

    @property
    def closed_uncertified(self) -> bool:
        """Over, with a list that was never certified: it counts as no wishes."""
        return bool(self.wished) and not self.is_open and not self.is_certified

    @property
    def room(self) -> int:
        return self.application.promotion.wishes_max - len(self.wished)


def workspace(
    application: Application, *, query: QueryDict, typed: Mapping[int, str] | None = None
) -> Workspace:
    """`typed` holds reasons that could not be saved, by project id: they are shown, not lost."""
    ranking = ranking_of(application) or Ranking(application=application)
    ranking.application = application
    choices = wishes_of(ranking)
    projects = projects_offered(application)
    offered_number = sum(project.is_offered for project in projects)
    ranks = {choice.project_id: choice.position for choice in choices}
    room = application.promotion.wishes_max - len(choices)
    filters = OfferFilter(
        query,
        themes=sorted({theme for project in projects for theme in project.themes}),
        trades=sorted({trade for project in projects for trade in project.trades}),
    )
    return Workspace(
        application=application,
        ranking=ranking,
        phase=phase_of(application.promotion, PhaseKind.RANKING),
        now=moment(application.promotion),
        wished=tuple(_wished(choice, len(choices), typed or {}) for choice in choices),
        offers=tuple(
            Offer(project, ranks.get(project.project.pk, 0), project.is_offered and room > 0)
            for project in projects
            if _matches(project, filters)
        ),
        filters=filters,
        query=query.urlencode(),
        needed=wishes_needed(application.promotion.wishes_min, offered_number),
        offered_number=offered_number,
        kept_number=sum(project.kept for project in projects),
        adjustments=tuple(adjustments_open(ranking, now=moment(application.promotion))),
    )


def _wished(choice: Choice, total: int, typed: Mapping[int, str]) -> Wished:
    page = getattr(choice.project, "public_page", None)
    stale = choice.project_id in typed
    return Wished(
        choice=choice,
        form=ReasonForm(
            initial={"reason": typed.get(choice.project_id, choice.reason)},
            auto_id=f"id_{choice.project.code}_%s",
        ),
        slug=page.slug if page else "",
        is_first=choice.position == 1,
        is_last=choice.position == total,
        is_stale=stale,
        ranks=tuple(range(1, total + 1)),
        administration=page.administration_name if page else "",
    )


def _matches(project: OfferedProject, filters: OfferFilter) -> bool:
    theme, trade = filters.chosen("theme"), filters.chosen("trade")
    return (
        (not theme or theme in project.themes)
        and (not trade or trade in project.trades)
        and (not filters.chosen("mine") or project.is_offered)
        and (not filters.chosen("kept") or project.kept)
        and mentions(project, filters.chosen("q"))
    )
