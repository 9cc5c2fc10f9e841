"""Say whether a project handed in may be read, condition by condition, and why not when it may not."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.documents.printing import ask_print
from eig.journal.actions import record as journal
from eig.lifecycle import lock, move
from eig.waves.actions import drop_awaited_decision
from eig.waves.choices import WaveSubject
from projects import emails
from projects.choices import Status
from projects.documents.letter import LETTER
from projects.models import EligibilityCheck, Project


class ReasonMissing(Exception):
    """A refusal is always explained."""


class ConditionUnmet(Exception):
    """A condition was answered « no »: the project cannot be declared eligible."""


class UnknownCondition(Exception):
    """The promotion names no such condition."""


@transaction.atomic
def check_eligibility(
    project: Project, *, answers: Mapping[str, tuple[bool, str]], by: User, at: datetime
) -> None:
    """Keep what was found of each condition (code → met, note); nothing is told yet.

    Raises UnknownCondition.
    """
    locked = lock(project, "promotion")
    known = {str(item["code"]) for item in locked.promotion.project_conditions}
    if unknown := set(answers) - known:
        raise UnknownCondition(f"Cette promotion n’a pas de condition « {', '.join(sorted(unknown))} ».")
    found = {"checked_at": at, "checked_by": by}
    EligibilityCheck.objects.bulk_create(
        [
            EligibilityCheck(project=locked, condition=code, is_met=is_met, note=note.strip(), **found)
            for code, (is_met, note) in answers.items()
        ],
        update_conflicts=True,
        unique_fields=["project", "condition"],
        update_fields=["is_met", "note", *found],
    )
    unmet = sorted(code for code, (is_met, _) in answers.items() if not is_met)
    journal("check_eligibility", locked, by=by, at=at, unmet=unmet)


@transaction.atomic
def accept_eligibility(project: Project, *, by: User, at: datetime) -> None:
    """Let the project be read; undoes a refusal made by mistake. Raises ConditionUnmet, IllegalMove."""
    if project.eligibility_checks.filter(is_met=False).exists():
        raise ConditionUnmet(
            "Une condition n’est pas remplie : corrigez la vérification, ou refusez le projet."
        )
    move(project, Status.ELIGIBLE, by=by, at=at, ineligibility="")
    emails.project_eligible(project, at=at)


@transaction.atomic
def refuse_eligibility(project: Project, *, reason: str, by: User, at: datetime) -> None:
    """Set the project aside, write to its people why, print the letter. Raises ReasonMissing, IllegalMove."""
    told = reason.strip()
    if not told:
        raise ReasonMissing("Indiquez le motif : il est écrit dans le message envoyé au projet.")
    locked = lock(project)
    drop_awaited_decision(locked, subject=WaveSubject.PROJECTS)
    move(locked, Status.INELIGIBLE, by=by, at=at, ineligibility=told)
    project.refresh_from_db()
    emails.project_ineligible(project, at=at)
    ask_print(LETTER, subject_id=project.pk, title=f"Courrier : {project.title}"[:120], by=by, at=at)
