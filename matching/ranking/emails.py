"""What is told about wishes: the ranking opens, a list is certified, a project leaves a list."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from candidates.models import Application
from eig.mail.outbox import letter, post, post_all
from eig.promotions.models import Phase, Promotion
from matching.ranking.models import Choice, Ranking
from projects.models import Project


def _path(application: Application) -> str:
    return reverse("ranking:ranking_edit", args=[application.code])


def _tell(template: str, ranking: Ranking, /, *, key: str, at: datetime, **context: Any) -> None:
    application = ranking.application
    context = {"path": _path(application), **context}
    to, promotion_id = application.candidate, application.promotion_id
    post(template, to=to, key=key, at=at, promotion_id=promotion_id, **context)


def ranking_opened(
    applications: Iterable[Application], *, promotion: Promotion, phase: Phase, at: datetime
) -> int:
    """Invite each preselected candidate to express their wishes."""
    letters = [
        letter(
            "ranking/ranking_opened",
            application.candidate,
            f"ranking-opened:{application.pk}",
            promotion=promotion,
            deadline=phase.closes_at,
            least=promotion.wishes_min,
            most=promotion.wishes_max,
            path=_path(application),
        )
        for application in applications
    ]
    return post_all(letters, at=at, promotion_id=promotion.pk)


def ranking_certified(ranking: Ranking, *, wishes: Sequence[Choice], phase: Phase, at: datetime) -> None:
    """The receipt, by mail: once for each certification."""
    key = f"ranking-certified:{ranking.pk}:{ranking.version}"
    told = {"application": ranking.application, "ranking": ranking, "wishes": wishes}
    _tell("ranking/ranking_certified", ranking, key=key, at=at, deadline=phase.closes_at, **told)


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
    _tell(
        "ranking/wish_removed",
        ranking,
        key=f"wish-removed:{ranking.pk}:{project.pk}",
        at=at,
        project=project,
        left=left,
        stays_certified=stays_certified,
        until=until,
        is_open=phase.is_open(at),
        deadline=phase.closes_at,
    )


def wish_changed(
    choice: Choice, *, project: Project, words: str, until: datetime, over: bool, at: datetime
) -> None:
    """A project of the list is no longer what it was: what changes, until when the wish may change too."""
    adjusting = reverse("ranking:ranking_adjust", args=[choice.ranking.application.code])
    _tell(
        "ranking/wish_changed",
        choice.ranking,
        key=f"wish-changed:{choice.ranking_id}:{project.pk}:{at:%Y%m%d%H%M%S%f}",
        at=at,
        project=project,
        position=choice.position,
        words=words,
        until=until,
        over=over,
        **({"path": adjusting} if over else {}),
    )


def wishes_adjusted(ranking: Ranking, *, wishes: Sequence[Choice], at: datetime) -> None:
    """The new receipt, by mail."""
    key = f"wishes-adjusted:{ranking.pk}:{ranking.version}"
    told = {"application": ranking.application, "ranking": ranking, "wishes": wishes}
    _tell("ranking/wishes_adjusted", ranking, key=key, at=at, **told)
