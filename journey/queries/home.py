"""What the home page tells a visitor: what is open, what comes, a few défis and figures."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from eig.french import french
from eig.meetings.models import Webinar
from eig.meetings.queries import webinars_of
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Phase, Promotion
from eig.promotions.queries import moment, promotions_told
from projects.models import PublicPage

MOST_WEBINARS = 2
CALLS = (PhaseKind.PROJECTS, PhaseKind.APPLICATIONS)


@dataclass(frozen=True, slots=True)
class Call:
    """A call as a visitor sees it: open, to come or over."""

    promotion: Promotion
    phase: Phase
    is_open: bool
    is_next: bool

    @property
    def closes_at(self) -> datetime:
        return self.phase.closes_at


@dataclass(frozen=True, slots=True)
class HomePage:
    calls: list[Call]
    phases: list[tuple[Phase, str]]
    promotion: Promotion | None
    pages: list[PublicPage]
    webinars: list[Webinar]
    projects_total: int
    promotions_total: int


def _calls(living: list[Promotion]) -> list[Call]:
    """Calls open or to come, the open ones first."""
    calls: list[Call] = []
    for promotion in living:
        now = moment(promotion)
        calls.extend(
            Call(promotion, phase, phase.is_open(now), phase.opens_at > now)
            for phase in promotion.phases.all()
            if phase.kind in CALLS and not phase.is_over(now)
        )
    return sorted(calls, key=lambda call: (not call.is_open, call.phase.closes_at, call.phase.kind))


def open_calls() -> list[Call]:
    living = list(promotions_told().prefetch_related("phases"))
    return [call for call in _calls(living) if call.is_open]


def home_page() -> HomePage:
    living = list(promotions_told().prefetch_related("phases"))
    visible = PublicPage.objects.filter(withdrawn_at__isnull=True)
    latest = list(
        visible.select_related("promotion").order_by("-promotion__number", french("title"), "pk")[:3]
    )
    totals = visible.aggregate(projects=Count("pk"), promotions=Count("promotion", distinct=True))
    current = living[0] if living else None
    return HomePage(
        calls=_calls(living),
        phases=_told(current) if current else [],
        promotion=current,
        pages=latest,
        webinars=_webinars(living),
        projects_total=totals["projects"],
        promotions_total=totals["promotions"],
    )


def _webinars(living: list[Promotion]) -> list[Webinar]:
    """The next ones that anybody may register for."""
    now = {promotion.pk: moment(promotion) for promotion in living}
    coming = webinars_of(living)
    return [webinar for webinar in coming if webinar.ends_at > now[webinar.promotion_id]][:MOST_WEBINARS]


def _told(promotion: Promotion) -> list[tuple[Phase, str]]:
    """The calendar with each phase's state: done, current or next."""
    now = moment(promotion)
    phases = sorted(promotion.phases.all(), key=lambda phase: (phase.opens_at, phase.pk))
    return [
        (phase, "done" if phase.is_over(now) else "current" if phase.is_open(now) else "next")
        for phase in phases
    ]
