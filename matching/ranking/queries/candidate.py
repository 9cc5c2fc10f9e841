"""What a preselected candidate sees: the projects offered, the wishes made."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.accounts.models import User
from eig.french import folded, french
from matching.ranking.models import Adjustment, Bookmark, Choice, Ranking
from matching.ranking.rules import is_offered
from projects.choices import Status as ProjectStatus
from projects.models import Position, Project


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile that a project seeks; `mine` when it is one of the candidate's trades."""

    trade: str
    expertise: str
    seats: int
    mine: bool
    must_have: str
    nice_to_have: str


@dataclass(frozen=True, slots=True)
class OfferedProject:
    """A published project as a candidate reads it; `obstacle` says why it may not be wished for."""

    project: Project
    slug: str
    title: str
    tagline: str
    administration: str
    town: str
    themes: tuple[str, ...]
    trades: tuple[str, ...]
    profiles: tuple[Profile, ...]
    obstacle: str
    kept: bool

    @property
    def is_offered(self) -> bool:
        return not self.obstacle


def ranking_application(user: User) -> QuerySet[Application]:
    """Applications whose wishes `user` may express: their own, once preselected."""
    return Application.objects.filter(candidate=user, status=ApplicationStatus.SHORTLISTED).select_related(
        "promotion", "candidate", "ranking"
    )


def ranking_of(application: Application) -> Ranking | None:
    return Ranking.objects.filter(application=application).first()


def wishes_of(ranking: Ranking) -> list[Choice]:
    """The wishes in order, with their projects and public pages; none for a ranking not yet written."""
    if ranking._state.adding:
        return []
    return list(
        Choice.objects.filter(ranking=ranking)
        .select_related("project", "project__public_page")
        .order_by("position", "pk")
    )


def published_projects(promotion_id: int) -> QuerySet[Project]:
    return Project.objects.filter(promotion_id=promotion_id, status=ProjectStatus.PUBLISHED)


def projects_once_published(application: Application) -> QuerySet[Project]:
    """The projects that a candidate may name: published ones, and those withdrawn since, to say so."""
    return Project.objects.filter(promotion_id=application.promotion_id, published_at__isnull=False)


def offered_ids(application: Application) -> set[int]:
    """Ids of the published projects that seek one of the candidate's trades."""
    return set(
        published_projects(application.promotion_id)
        .filter(positions__trade__in=application.trades.all())
        .values_list("pk", flat=True)
    )


def projects_offered(application: Application) -> list[OfferedProject]:
    """Every published project: those that seek one of my trades first, then the others with the reason."""
    links = application.trade_links.select_related("trade").order_by("rank", "pk")
    mine = {link.trade_id: link.trade.label for link in links}
    projects = (
        published_projects(application.promotion_id)
        .select_related("public_page", "administration")
        .prefetch_related(Prefetch("positions", queryset=Position.objects.select_related("trade")))
        .order_by(french("title"), "pk")
    )
    kept = kept_ids(application)
    read = [_offered(project, mine, kept=project.pk in kept) for project in projects]
    return sorted(read, key=lambda item: not item.is_offered)


def _offered(project: Project, mine: dict[int, str], *, kept: bool) -> OfferedProject:
    positions = sorted(project.positions.all(), key=lambda item: (item.rank, item.pk))
    trades = tuple(dict.fromkeys(position.trade.label for position in positions))
    page = getattr(project, "public_page", None)
    offered = is_offered([str(item.trade_id) for item in positions], [str(pk) for pk in mine])
    return OfferedProject(
        project=project,
        slug=page.slug if page else "",
        title=page.title if page else project.title,
        tagline=page.tagline if page else "",
        administration=page.administration_name if page else str(project.administration or ""),
        town=page.town if page else "",
        themes=tuple(page.themes) if page else (),
        trades=trades,
        profiles=tuple(
            Profile(
                item.trade.label,
                item.expertise,
                item.seats,
                item.trade_id in mine,
                item.must_have,
                item.nice_to_have,
            )
            # Those of my trades first.
            for item in sorted(positions, key=lambda item: item.trade_id not in mine)
        ),
        obstacle="" if offered else _obstacle(trades, mine.values()),
        kept=kept,
    )


def _obstacle(sought: Collection[str], mine: Collection[str]) -> str:
    return (
        f"Ce défi recherche : {', '.join(sought) or 'aucun profil'}. "
        f"Vous candidatez en : {', '.join(mine) or 'aucun métier'}."
    )


def kept_ids(application: Application) -> set[int]:
    """Projects the candidate keeps aside."""
    return set(
        Bookmark.objects.filter(application=application).order_by("pk").values_list("project_id", flat=True)
    )


def mentions(project: OfferedProject, words: str) -> bool:
    """Whether every word of a search is somewhere in what the candidate reads of a project."""
    text = folded(
        " ".join([project.title, project.tagline, project.administration, project.town, *project.trades])
    )
    return all(word in text for word in folded(words).split())


def adjustments_open(ranking: Ranking, *, now: datetime) -> list[Adjustment]:
    """Wishes that may still be adjusted, for display: the deed is judged by the official clock."""
    if ranking._state.adding:
        return []
    return list(
        Adjustment.objects.filter(ranking=ranking, used_at__isnull=True, until__gte=now)
        .select_related("project", "project__public_page")
        .order_by("position", "pk")
    )
