"""What the passing of time ends: drafts whose call is over, corrections and auditions nobody answered."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from candidates.actions import expire_application_corrections
from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.mail.models import Message
from eig.mail.outbox import Letter, post_all
from eig.promotions.actions import in_each_promotion
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Phase, Promotion
from matching.interviews.actions import expire_proposals
from projects.actions import expire_project_corrections
from projects.choices import Status as ProjectStatus
from projects.models import Project

Drafts = Callable[[Promotion, datetime], Iterator[Letter]]
NEWS_FOR = timedelta(days=7)


def keep_deadlines() -> None:
    """Tell the drafts that their call is over, close what was left unanswered. Safe to run twice."""
    in_each_promotion(
        "close_drafts",
        lambda promotion, at: close_drafts(promotion, now=at),
        deed="prévenir les brouillons que leur appel est clos",
    )
    in_each_promotion(
        "expire_proposals",
        lambda promotion, at: expire_proposals(promotion, at=at),
        deed="clore les auditions proposées restées sans réponse",
    )
    expire_project_corrections()
    expire_application_corrections()


def close_drafts(promotion: Promotion, *, now: datetime) -> int:
    """Write once, by one statement, to whoever left a draft when its call closed; returns how many are new.

    Drafts are read-only by the clock alone: this only tells it. A call extended afterwards gives the pen
    back, and its new end tells nobody a second time.
    """
    phases = {phase.kind: phase for phase in promotion.phases.order_by("pk")}
    letters = [
        *_letters(promotion, phases.get(PhaseKind.PROJECTS), _projects, now),
        *_letters(promotion, phases.get(PhaseKind.APPLICATIONS), _applications, now),
    ]
    keys = [letter.key for letter in letters]
    told = set(Message.objects.filter(key__in=keys).order_by().values_list("key", flat=True))
    return post_all(
        [letter for letter in letters if letter.key not in told], at=now, promotion_id=promotion.pk
    )


def _letters(promotion: Promotion, phase: Phase | None, drafts: Drafts, now: datetime) -> Iterator[Letter]:
    if phase is None or not phase.is_over(now):
        return
    ended = phase.closed_at or phase.closes_at
    # Later, the outbox may have been purged: an old closing is no news.
    if now - ended <= NEWS_FOR:
        yield from drafts(promotion, ended)


def _projects(promotion: Promotion, ended: datetime) -> Iterator[Letter]:
    rows = Project.objects.filter(promotion=promotion, status=ProjectStatus.DRAFT).prefetch_related(
        "leads__person"
    )
    for project in rows.order_by("pk"):
        for lead in sorted(project.leads.all(), key=lambda row: row.pk):
            yield Letter(
                "journey/project_draft_closed",
                lead.person,
                f"draft-closed:project:{project.pk}:{lead.person_id}",
                {
                    "promotion": promotion,
                    "project": project,
                    "ended": ended,
                    "path": reverse("projects:project_detail", args=[project.code]),
                },
            )


def _applications(promotion: Promotion, ended: datetime) -> Iterator[Letter]:
    rows = Application.objects.filter(promotion=promotion, status=ApplicationStatus.DRAFT).select_related(
        "candidate"
    )
    for application in rows.order_by("pk"):
        yield Letter(
            "journey/application_draft_closed",
            application.candidate,
            f"draft-closed:application:{application.pk}",
            {
                "promotion": promotion,
                "ended": ended,
                "path": reverse("candidates:application_detail", args=[application.code]),
            },
        )
