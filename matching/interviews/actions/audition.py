"""Plan an audition by hand, cancel it, say who was heard and who did not come."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.juries.actions import refuse_early
from eig.lifecycle import broken, move
from matching.interviews import emails
from matching.interviews.actions.card import take_back_cards
from matching.interviews.actions.lock import hold_audition, hold_in_place
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition
from matching.ranking.models import Ranking
from matching.ranking.queries import ranking_of
from projects.choices import Status as ProjectStatus
from projects.models import Project


class NotHeardHere(Exception):
    """This person cannot be heard for this project; the sentence says why."""


@transaction.atomic
def plan_audition(application: Application, *, project: Project, by: User, at: datetime) -> Audition:
    """Plan to hear a preselected person for a published project that seeks their trade.

    Raises NotHeardHere.
    """
    if reason := audition_obstacle(application, project, ranking_of(application)):
        raise NotHeardHere(reason)
    try:
        with transaction.atomic():
            audition = Audition.objects.create(
                promotion_id=application.promotion_id, application=application, project=project, created_at=at
            )
    except IntegrityError as error:
        if broken(error) != "one_audition_per_candidate_and_project":
            raise
        raise NotHeardHere("Une audition existe déjà pour cette personne et ce projet.") from error
    journal("plan_audition", audition, by=by, at=at)
    return audition


def audition_obstacle(application: Application, project: Project, ranking: Ranking | None) -> str:
    """Why this person may not be heard for this project, or nothing."""
    if application.status != ApplicationStatus.SHORTLISTED:
        return "Seule une personne présélectionnée peut être entendue."
    if project.status != ProjectStatus.PUBLISHED or project.promotion_id != application.promotion_id:
        return "Ce projet n’est pas un défi publié de la promotion."
    if not project.positions.filter(trade__in=application.trades.all()).exists():
        return "Ce projet ne recherche aucun des métiers de cette personne."
    if (
        ranking is not None
        and not ranking.accepts_other_project
        and not ranking.choices.filter(project=project).exists()
    ):
        return "Cette personne ne souhaite être entendue que pour ses vœux."
    return ""


@transaction.atomic
def cancel_audition(audition: Audition, *, by: User, at: datetime, reason: str = "") -> None:
    """Cancel an audition not yet held, free its slot, and tell the candidate when they knew of it."""
    held, _ = hold_in_place(audition, settled=True)
    slot = held.slot
    take_back_cards(held, by=by, at=at)
    move(held, AuditionStatus.CANCELLED, by=by, at=at, slot=None, during=None, sequence=held.sequence + 1)
    if held.told_at:
        emails.audition_cancelled(held, reason=reason, slot=slot, at=at)
    audition.status, audition.slot, audition.during = held.status, None, None


def cancel_auditions_of_application(application: Application, *, by: User, at: datetime) -> int:
    """Free the auditions not yet held of someone who withdraws; they are not written to about it."""
    return _cancel_all(Audition.objects.filter(application=application), by=by, at=at, silent=True)


def cancel_auditions_of_project(project: Project, *, by: User, at: datetime) -> int:
    """Cancel the auditions not yet held of a withdrawn project; candidates who knew of one are told."""
    return _cancel_all(
        Audition.objects.filter(project=project), by=by, at=at, reason="l’administration a retiré ce projet"
    )


@transaction.atomic
def _cancel_all(
    auditions: Iterable[Audition], *, by: User, at: datetime, reason: str = "", silent: bool = False
) -> int:
    pending = [
        audition
        for audition in auditions
        if audition.status in {AuditionStatus.PLANNED, AuditionStatus.PLACED}
    ]
    for audition in sorted(pending, key=lambda item: item.pk):
        if silent:
            Audition.objects.filter(pk=audition.pk).update(told_at=None)
        cancel_audition(audition, by=by, at=at, reason=reason)
    return len(pending)


@transaction.atomic
def mark_heard(audition: Audition, *, by: User, at: datetime) -> None:
    """The audition took place. Raises TooEarly, IllegalMove."""
    held = hold_audition(audition.pk)
    refuse_early(held.during, at=at)
    move(held, AuditionStatus.HEARD, by=by, at=at, heard_at=at)
    audition.status, audition.heard_at = held.status, at


@transaction.atomic
def mark_absent(audition: Audition, *, by: User, at: datetime) -> None:
    """The candidate did not come; the audition can be placed again. Raises TooEarly, IllegalMove."""
    held = hold_audition(audition.pk)
    refuse_early(held.during, at=at)
    move(held, AuditionStatus.ABSENT, by=by, at=at)
    audition.status = held.status
