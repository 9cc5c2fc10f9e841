"""Say whether a project handed in may be read, and why not when it may not."""

from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.lifecycle import move
from projects import emails
from projects.actions.decision import drop_awaited_decision
from projects.choices import Status
from projects.models import Project


class ReasonMissing(Exception):
    """A refusal is always explained."""


@transaction.atomic
def accept_eligibility(project: Project, *, by: User, at: datetime) -> None:
    """Let the project be read; undoes a refusal made by mistake. Raises IllegalMove."""
    move(project, Status.ELIGIBLE, by=by, at=at, ineligibility="")
    emails.project_eligible(project, at=at)


@transaction.atomic
def refuse_eligibility(project: Project, *, reason: str, by: User, at: datetime) -> None:
    """Set the project aside and write to its people why. Raises ReasonMissing, IllegalMove."""
    told = reason.strip()
    if not told:
        raise ReasonMissing("Indiquez le motif : il est écrit dans le message envoyé au projet.")
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    drop_awaited_decision(locked)
    move(locked, Status.INELIGIBLE, by=by, at=at, ineligibility=told)
    project.refresh_from_db()
    emails.project_ineligible(project, at=at)
