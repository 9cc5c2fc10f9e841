"""What is told about wishes: the ranking opens, a list is certified, a project leaves a list."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse

from candidates.models import Application
from eig.mail.outbox import Letter, post, post_all
from eig.promotions.models import Phase, Promotion
from matching.ranking.models import Choice, Ranking
from projects.models import Project


def _path(application: Application) -> str:
    return reverse("ranking:ranking_edit", args=[application.code])


def ranking_opened(
    applications: Iterable[Application], *, promotion: Promotion, phase: Phase, at: datetime
) -> int:
    """Invite each preselected candidate to express their wishes."""
    letters = [
        Letter(
            "ranking/ranking_opened",
            application.candidate,
            f"ranking-opened:{application.pk}",
            {
                "promotion": promotion,
                "deadline": phase.closes_at,
                "least": promotion.wishes_min,
                "most": promotion.wishes_max,
                "path": _path(application),
            },
        )
        for application in applications
    ]
    return post_all(letters, at=at, promotion_id=promotion.pk)


def ranking_certified(ranking: Ranking, *, wishes: Sequence[Choice], phase: Phase, at: datetime) -> None:
    """The receipt, by mail: once for each certification."""
    application = ranking.application
    post(
        "ranking/ranking_certified",
        to=application.candidate,
        key=f"ranking-certified:{ranking.pk}:{ranking.version}",
        at=at,
        promotion_id=application.promotion_id,
        application=application,
        ranking=ranking,
        wishes=wishes,
        deadline=phase.closes_at,
        path=_path(application),
    )


def wish_removed(
    ranking: Ranking,
    *,
    project: Project,
    left: int,
    stays_certified: bool,
    until: datetime | None,
    phase: Phase,
    at: datetime,
) -> None:
    """A project was withdrawn: what became of the list, until when it may be adjusted, what is expected."""
    application = ranking.application
    post(
        "ranking/wish_removed",
        to=application.candidate,
        key=f"wish-removed:{ranking.pk}:{project.pk}",
        at=at,
        promotion_id=application.promotion_id,
        project=project,
        left=left,
        stays_certified=stays_certified,
        until=until,
        is_open=phase.is_open(at),
        deadline=phase.closes_at,
        path=_path(application),
    )


def wish_changed(
    choice: Choice, *, project: Project, words: str, until: datetime, over: bool, at: datetime
) -> None:
    """A project of the list is no longer what it was: what changes, until when the wish may change too."""
    application = choice.ranking.application
    post(
        "ranking/wish_changed",
        to=application.candidate,
        key=f"wish-changed:{choice.ranking_id}:{project.pk}:{at:%Y%m%d%H%M%S%f}",
        at=at,
        promotion_id=application.promotion_id,
        project=project,
        position=choice.position,
        words=words,
        until=until,
        over=over,
        path=reverse("ranking:ranking_adjust", args=[application.code]) if over else _path(application),
    )


def wishes_adjusted(ranking: Ranking, *, wishes: Sequence[Choice], at: datetime) -> None:
    """The new receipt, by mail."""
    application = ranking.application
    post(
        "ranking/wishes_adjusted",
        to=application.candidate,
        key=f"wishes-adjusted:{ranking.pk}:{ranking.version}",
        at=at,
        promotion_id=application.promotion_id,
        application=application,
        ranking=ranking,
        wishes=wishes,
        path=_path(application),
    )
