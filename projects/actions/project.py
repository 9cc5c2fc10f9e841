"""Start a project, write it, hand it in, withdraw it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction

from eig.accounts.models import User
from eig.documents.printing import ask_print
from eig.dossiers.actions import (
    AnswerRefused,
    NotReady,
    Seen,
    hand_in,
    refuse_over,
    refuse_unready,
    save_answers,
    seal,
)
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import SectionView
from eig.journal.actions import record as journal
from eig.lifecycle import lock, move
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import open_gate
from eig.promotions.models import Promotion
from eig.waves.actions import drop_awaited_decision
from eig.waves.choices import WaveSubject
from projects import emails
from projects.actions.administration import tie_administrations
from projects.actions.visa import visas_in_the_way
from projects.choices import LeadRole, Status
from projects.documents import RECEIPT, brochure_title
from projects.models import Position, Project, ProjectLead, PublicPage
from projects.models.project import NAME
from projects.queries import brochure_of
from projects.queries.page import BROCHURE
from projects.rules import seats_refusal, squeezed


class DraftExists(AnswerRefused):
    """The person already has a draft under this title: `project` is the one to take up again."""

    def __init__(self, project: Project | None = None) -> None:
        super().__init__("Vous avez déjà un brouillon sous ce nom. Reprenez-le, ou choisissez un autre nom.")
        self.project = project


@transaction.atomic
def start_project(promotion: Promotion, *, title: str, by: User, at: datetime) -> Project:
    """Open a draft that `by` leads. Raises PhaseNotOpen, DraftExists."""
    open_gate(promotion, PhaseKind.PROJECTS)
    name = squeezed(title)
    try:
        with transaction.atomic():
            project = Project.objects.create(
                promotion=promotion,
                title=name,
                started_by=by,
                answers={NAME: name},
                created_at=at,
                updated_at=at,
                updated_by=by,
            )
    except IntegrityError as error:
        raise DraftExists(
            Project.objects.filter(
                promotion=promotion, started_by=by, status=Status.DRAFT, title__iexact=name
            ).first()
        ) from error
    ProjectLead.objects.create(project=project, person=by, role=LeadRole.LEAD, since=at)
    journal("start_project", project, by=by, at=at)
    return project


def _titled(name: str) -> Mapping[str, str]:
    return {"title": squeezed(name)}


@transaction.atomic
def save_project_section(
    project: Project,
    *,
    section: SectionView,
    answers: Mapping[str, Any],
    version: int | Seen,
    by: User,
    at: datetime,
) -> Project:
    """Keep the answers of one section; the draft takes the name given there.

    Raises StaleVersion, DossierClosed, DraftExists.
    """
    refuse_over(project, PhaseKind.PROJECTS)
    try:
        with transaction.atomic():
            return save_answers(
                project,
                section=section,
                answers=answers,
                version=version,
                by=by,
                at=at,
                mirrors={NAME: _titled},
            )
    except IntegrityError as error:
        raise DraftExists from error


def submit_project(project: Project, *, by: User) -> Project:
    """Hand the dossier over: numbered, sealed, with its positions and administrations as records.

    Raises PhaseNotOpen, NotReady, IllegalMove.
    """
    return hand_in(project, phase=PhaseKind.PROJECTS, related=("promotion",), take=partial(_take, by=by))


def _take(project: Project, now: datetime, *, by: User) -> None:
    form = form_of(project.promotion, FormKind.PROJECT)
    refuse_unready(form, project.answers)
    seats = [int(row.get("seats") or 1) for row in project.answers["positions"]]
    limits = {"team_min": project.promotion.team_min, "team_max": project.promotion.team_max}
    if reason := seats_refusal(seats, **limits) or visas_in_the_way(project, form=form, now=now):
        raise NotReady(reason)
    number, digest = seal(project, kind=FormKind.PROJECT, form=form, now=now, by=by)
    add_positions(project)
    move(
        project,
        Status.SUBMITTED,
        by=by,
        at=now,
        submitted_at=now,
        number=number,
        content_sha256=digest,
        administration=tie_administrations(project),
    )
    emails.project_received(project, at=now)
    ask_print(RECEIPT, subject_id=project.pk, title=f"Récépissé {number}", by=by, at=now)


def add_positions(project: Project) -> None:
    """Write the profiles of a dossier as records."""
    trades = {trade.code: trade for trade in project.promotion.trades.all()}
    Position.objects.bulk_create(
        Position(
            project=project,
            trade=trades[row["trade"]],
            expertise=row["expertise"],
            must_have=row.get("must_have") or "",
            nice_to_have=row.get("nice_to_have") or "",
            seats=int(row.get("seats") or 1),
            rank=rank,
        )
        for rank, row in enumerate(project.answers["positions"])
    )


@transaction.atomic
def withdraw_project(project: Project, *, by: User, at: datetime) -> None:
    """Take the project out, at any stage; a published page stays and says so. Raises IllegalMove.

    Wishes and auditions that point to it are the roof's business.
    """
    locked = lock(project, "promotion")
    before = locked.status
    drop_awaited_decision(locked, subject=WaveSubject.PROJECTS)
    move(locked, Status.WITHDRAWN, by=by, at=at)
    if before == Status.PUBLISHED:
        PublicPage.objects.filter(project=locked).update(withdrawn_at=at)
        if brochure_of(locked.promotion):
            title = brochure_title(locked.promotion)
            ask_print(BROCHURE, subject_id=locked.promotion_id, title=title, by=by, at=at)
    if before != Status.DRAFT:
        emails.project_withdrawn(locked, at=at)
    project.refresh_from_db()
