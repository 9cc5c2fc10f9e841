"""Offer someone an audition for a project outside their wishes; they accept, decline, or let it pass.

Refusing costs nothing: the person leaves the queue of this project only, and another may be offered. Whoever
allocates auditions runs again for the rest: `settled_pairs` (queries) says what must not be offered twice.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.accounts.models import User
from eig.french import dates
from eig.journal.actions import record as journal
from eig.lifecycle import broken, move
from eig.mail.needs import NEEDS
from eig.mail.outbox import post_all
from eig.promotions.gate import official_now
from eig.promotions.models import Promotion
from eig.promotions.rules import end_of_day
from matching.interviews import emails
from matching.interviews.actions.audition import NotHeardHere, audition_obstacle, plan_audition
from matching.interviews.choices import AuditionStatus, ProposalStatus, Round
from matching.interviews.models import Audition, Proposal
from matching.ranking.models import Ranking
from matching.ranking.queries import ranking_of
from projects.choices import Status as ProjectStatus
from projects.models import Project

ANSWERED = {
    ProposalStatus.ACCEPTED: "Vous avez déjà accepté cette audition.",
    ProposalStatus.DECLINED: "Vous avez déjà décliné cette audition.",
    ProposalStatus.WITHDRAWN: "Cette audition n’est plus proposée.",
}
TWICE = {
    "one_waiting_proposal_per_person": "Une autre audition est déjà proposée à cette personne.",
    "a_project_is_proposed_once": "Ce projet a déjà été proposé à cette personne.",
}


class ProposalClosed(Exception):
    """The proposal no longer waits for this answer; the sentence tells why, with the official time."""


@transaction.atomic
def propose_audition(
    application: Application, *, project: Project, by: User, at: datetime, expires_at: datetime | None = None
) -> Proposal:
    """Offer an audition outside the wishes to someone nobody hears; they are told, with a delay to answer.

    Raises NotHeardHere.
    """
    ranking = ranking_of(application)
    if reason := _obstacle(application, project, ranking):
        raise NotHeardHere(reason)
    if expires_at is None:
        expires_at = end_of_day(at, days=application.promotion.proposal_answer_days)
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                promotion_id=application.promotion_id,
                application=application,
                project=project,
                proposed_at=at,
                proposed_by=by,
                expires_at=expires_at,
            )
    except IntegrityError as error:
        if broken(error) not in TWICE:
            raise
        raise NotHeardHere(TWICE[broken(error)]) from error
    journal("propose_audition", proposal, by=by, at=at)
    emails.audition_proposed(proposal, at=at)
    return proposal


def propose_auditions(
    promotion: Promotion,
    *,
    pairs: Iterable[tuple[Application, Project]],
    by: User,
    at: datetime,
    expires_at: datetime | None = None,
) -> list[str]:
    """Offer what an allocation found, pair by pair; returns the sentences of those that were refused."""
    refused = []
    for application, project in pairs:
        try:
            propose_audition(application, project=project, by=by, at=at, expires_at=expires_at)
        except NotHeardHere as reason:
            refused.append(f"{application.number}, {project.title} : {reason}")
    return refused


def _obstacle(application: Application, project: Project, ranking: Ranking | None) -> str:
    if reason := audition_obstacle(application, project, ranking):
        return reason
    if ranking is not None and ranking.choices.filter(project=project).exists():
        return "Ce projet est l’un de ses vœux : une audition se planifie sans demander."
    live = Audition.objects.filter(application=application).exclude(status=AuditionStatus.CANCELLED)
    if live.exists():
        return "Cette personne a déjà une audition."
    return ""


@transaction.atomic
def accept_proposal(proposal: Proposal, *, by: User) -> Audition:
    """Say yes, before the deadline by the database's clock: the audition is planned. Twice is once.

    Raises ProposalClosed, NotHeardHere.
    """
    held = _held(proposal)
    if held.status == ProposalStatus.ACCEPTED and held.audition is not None:
        return held.audition
    now = _answerable_now(held)
    audition = plan_audition(held.application, project=held.project, by=by, at=now)
    Audition.objects.filter(pk=audition.pk).update(round=Round.FALLBACK)
    audition.round = Round.FALLBACK
    move(held, ProposalStatus.ACCEPTED, by=by, at=now, answered_at=now, audition=audition)
    emails.proposal_accepted(held, at=now)
    _mirror(proposal, held)
    return audition


@transaction.atomic
def decline_proposal(proposal: Proposal, *, by: User) -> None:
    """Say no, without explaining. A second click changes nothing. Raises ProposalClosed."""
    held = _held(proposal)
    if held.status != ProposalStatus.DECLINED:
        now = _answerable_now(held)
        move(held, ProposalStatus.DECLINED, by=by, at=now, answered_at=now)
    _mirror(proposal, held)


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, by: User, at: datetime, silent: bool = False) -> None:
    """Take back a proposal that waits for its answer. Raises IllegalMove."""
    held = _held(proposal)
    move(held, ProposalStatus.WITHDRAWN, by=by, at=at)
    if not silent:
        emails.proposal_withdrawn(held, at=at)
    _mirror(proposal, held)


def withdraw_proposals_of_application(application: Application, *, by: User, at: datetime) -> int:
    """Take back what still waits for someone who withdraws; they are not written to about it."""
    waiting = Proposal.objects.filter(application=application, status=ProposalStatus.SENT)
    return _withdraw_all(waiting, by=by, at=at, silent=True)


def withdraw_proposals_of_project(project: Project, *, by: User, at: datetime) -> int:
    """Take back the proposals of a withdrawn project; each candidate who had not answered is told."""
    waiting = Proposal.objects.filter(project=project, status=ProposalStatus.SENT)
    return _withdraw_all(waiting, by=by, at=at, silent=False)


@transaction.atomic
def _withdraw_all(waiting: QuerySet[Proposal], *, by: User, at: datetime, silent: bool) -> int:
    pending = list(waiting.order_by("pk"))
    for proposal in pending:
        withdraw_proposal(proposal, by=by, at=at, silent=silent)
    return len(pending)


@transaction.atomic
def expire_proposals(promotion: Promotion, *, at: datetime) -> int:
    """Close the proposals left without an answer after their deadline; returns how many."""
    now = official_now(promotion)
    overdue: Sequence[Proposal] = list(
        Proposal.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(promotion=promotion, status=ProposalStatus.SENT, expires_at__lt=now)
        .order_by("pk")
    )
    for proposal in overdue:
        move(proposal, ProposalStatus.EXPIRED, by=None, at=at)
    return len(overdue)


def remind_proposals(promotion: Promotion, *, now: datetime, hours: Sequence[int]) -> int:
    """Remind those who have not answered, once for each rule (hours before the deadline)."""
    waiting = (
        Proposal.objects.filter(promotion=promotion, status=ProposalStatus.SENT, expires_at__gt=now)
        .select_related("application__candidate", "project")
        .order_by("pk")
    )
    return post_all(
        emails.proposal_reminders(waiting, now=now, hours=hours), at=now, promotion_id=promotion.pk
    )


def _is_due(key: Sequence[str]) -> bool:
    """proposal-reminder:<pk>:<hours>"""
    return Proposal.objects.filter(pk=key[1], status=ProposalStatus.SENT).exists()


NEEDS["interviews/proposal_reminder"] = _is_due


def _held(proposal: Proposal) -> Proposal:
    """The row, locked after the application's: someone who withdraws and their answer cannot cross."""
    list(
        Application.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=proposal.application_id)
        .values_list("pk", flat=True)
    )
    return (
        Proposal.objects.select_for_update(of=("self",))
        .select_related(
            "promotion", "application__candidate", "application__promotion", "project", "audition"
        )
        .get(pk=proposal.pk)
    )


def _answerable_now(held: Proposal) -> datetime:
    """The official instant, read once the row is locked. Raises ProposalClosed."""
    now = official_now(held.promotion_id)
    late = held.status in {ProposalStatus.SENT, ProposalStatus.EXPIRED} and now > held.expires_at
    if late or held.status == ProposalStatus.EXPIRED:
        raise ProposalClosed(
            f"Le délai de réponse est passé : il courait jusqu’au {dates.deadline(held.expires_at)}. "
            f"Nous sommes le {dates.deadline(now)}."
        )
    if held.status != ProposalStatus.SENT:
        raise ProposalClosed(ANSWERED[ProposalStatus(held.status)])
    if held.application.status != ApplicationStatus.SHORTLISTED:
        raise ProposalClosed("Votre candidature n’est plus en cours.")
    if held.project.status != ProjectStatus.PUBLISHED:
        raise ProposalClosed("Ce projet a été retiré : l’audition n’est plus proposée.")
    return now


def _mirror(proposal: Proposal, held: Proposal) -> None:
    """The caller's object follows the row."""
    for field in ("status", "answered_at", "audition"):
        setattr(proposal, field, getattr(held, field))
