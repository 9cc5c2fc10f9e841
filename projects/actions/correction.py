"""Ask an administration to set named answers right; receive them; let the delay pass."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.dossiers.actions import (
    answer_correction,
    ask_correction,
    cancel_correction,
    expire_correction,
    expire_each,
)
from eig.dossiers.choices import CorrectionStatus, FormKind
from eig.dossiers.models import Dossier
from eig.dossiers.queries import form_of
from projects.actions.administration import tie_administrations
from projects.actions.project import NAME, add_positions
from projects.choices import Status
from projects.emails import correction as emails
from projects.models import Correction, Project
from projects.rules import squeezed

CORRECTABLE = (Status.SUBMITTED, Status.ELIGIBLE)
TIES = frozenset({"operator", "operator_kind", "beneficiary", "ministry", "partners"})
POSITIONS = "positions"


@transaction.atomic
def ask_project_correction(
    project: Project, *, questions: Sequence[str], reason: str, due_at: datetime, by: User, at: datetime
) -> Correction:
    """Open these answers to the project's writers until `due_at`, and write to them.

    Raises CannotAsk, AlreadyAsked.
    """
    correction = ask_correction(
        Correction,
        project,
        link="project",
        allowed=CORRECTABLE,
        questions=questions,
        reason=reason,
        due_at=due_at,
        by=by,
        at=at,
    )
    emails.correction_asked(correction, at=at)
    return correction


@transaction.atomic
def answer_project_correction(correction: Correction, *, message: str, by: User) -> Correction:
    """Send the corrected answers; the team member who asked is told. Raises CorrectionOver, Incomplete."""
    form = form_of(correction.project.promotion, FormKind.PROJECT)
    asked = set(correction.questions)

    def settle(dossier: Dossier, now: datetime) -> Mapping[str, Sequence[str]]:
        assert isinstance(dossier, Project)
        if POSITIONS in asked:
            dossier.positions.all().delete()
            add_positions(dossier)
        if TIES & asked:
            dossier.links.all().delete()
            Project.objects.filter(pk=dossier.pk).update(administration=tie_administrations(dossier))
        if NAME in asked:
            Project.objects.filter(pk=dossier.pk).update(title=squeezed(str(dossier.answers[NAME])))
        return {}

    done = answer_correction(
        correction,
        form=form,
        kind=FormKind.PROJECT,
        allowed=CORRECTABLE,
        message=message,
        by=by,
        settle=settle,
    )
    if done and correction.ended_at:
        emails.correction_answered(correction, at=correction.ended_at)
    return correction


@transaction.atomic
def cancel_project_correction(correction: Correction, *, by: User, at: datetime) -> None:
    """Take the request back, and say so to the project's writers. Raises IllegalMove."""
    cancel_correction(correction, by=by, at=at)
    emails.correction_cancelled(correction, at=at)


def expire_project_corrections() -> int:
    """Close the corrections whose delay has passed; returns how many. Safe to run twice."""
    rows = Correction.objects.filter(status=CorrectionStatus.ASKED).select_related(
        "project__promotion", "asked_by"
    )
    return expire_each(rows.order_by("pk"), expire=_expire)


@transaction.atomic
def _expire(correction: Correction) -> bool:
    if not expire_correction(correction):
        return False
    if correction.project.status in CORRECTABLE:
        emails.correction_expired(correction, at=correction.due_at)
    return True
