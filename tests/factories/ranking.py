"""Published projects, preselected people and their wishes."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application, ApplicationTrade
from eig.accounts.models import User
from eig.juries.actions import stand_as_candidate
from eig.promotions.models import Promotion, Trade
from matching.ranking import actions
from matching.ranking.models import Ranking
from projects.choices import Status as ProjectStatus
from projects.models import Administration, Position, Project, PublicPage
from tests.factories import numbers
from tests.people import person

_numbers = numbers()


def trade(promotion: Promotion, code: str = "developpement") -> Trade:
    return promotion.trades.get(code=code)


def published_project(
    promotion: Promotion,
    title: str = "",
    *,
    trades: Sequence[str] = ("developpement", "design"),
    seats: int = 1,
    status: str = ProjectStatus.PUBLISHED,
    by: User | None = None,
) -> Project:
    """A project with its défi page, seeking one profile in each of `trades`."""
    number = next(_numbers)
    title = title or f"Projet {number}"
    now = timezone.now()
    author = by or User.objects.order_by("pk").first() or person("Béatrice", f"Bureau {number}")
    administration, _ = Administration.objects.get_or_create(name=f"Administration {number}")
    project = Project.objects.create(
        promotion=promotion,
        title=title,
        administration=administration,
        status=status,
        number=f"P-{number:04d}",
        submitted_at=now,
        content_sha256="0" * 64,
        published_at=now,
        decided_at=now,
        created_at=now,
        updated_at=now,
        updated_by=author,
    )
    for rank, code in enumerate(trades):
        Position.objects.create(
            project=project, trade=trade(promotion, code), expertise="généraliste", seats=seats, rank=rank
        )
    PublicPage.objects.create(
        promotion=promotion,
        project=project,
        slug=f"projet-{number}",
        title=title,
        tagline="Rendre une démarche plus simple.",
        administration_name=administration.name,
        town="Lyon",
        themes=["Santé"],
        published_at=now,
    )
    return project


def shortlisted(
    promotion: Promotion,
    who: User | None = None,
    *,
    trades: Sequence[str] = ("developpement",),
    status: str = ApplicationStatus.SHORTLISTED,
    score: int | None = None,
    at: datetime | None = None,
) -> Application:
    """A preselected application in each of `trades`."""
    number = next(_numbers)
    now = at or timezone.now()
    candidate = who or person("Camille", f"Candidat {number}")
    application = Application.objects.create(
        promotion=promotion,
        candidate=candidate,
        status=status,
        number=f"C-{number:04d}",
        submitted_at=now,
        content_sha256="0" * 64,
        decided_at=now,
        score=score,
        experience_years=4,
        created_at=now,
        updated_at=now,
        updated_by=candidate,
    )
    if status not in {ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN}:
        stand_as_candidate(promotion, person=candidate, at=now)
    for rank, code in enumerate(trades):
        ApplicationTrade.objects.create(application=application, trade=trade(promotion, code), rank=rank)
    return application


def ranking(
    application: Application, projects: Sequence[Project] = (), *, certified: bool = False
) -> Ranking:
    """The list of an application, through the actions."""
    row = actions.open_ranking(application, at=timezone.now())
    if projects:
        actions.set_choices(row, projects=list(projects), version=row.version, by=application.candidate)
    if certified:
        actions.certify_ranking(row, by=application.candidate)
    return row
