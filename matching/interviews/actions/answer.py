"""Ask jurors whether they come and when; they answer by a personal link, without an account."""

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction

from eig.accounts.models import User
from eig.accounts.queries import token_hash
from eig.evaluation.actions import ReasonNeeded, recuse_sheet
from eig.evaluation.choices import SheetStatus
from eig.journal.actions import record as journal
from eig.lifecycle import move
from eig.promotions.models import Promotion
from matching.interviews import emails
from matching.interviews.actions.card import recount
from matching.interviews.actions.juror import settle_duty
from matching.interviews.actions.lock import hold_people
from matching.interviews.choices import InvitationStatus
from matching.interviews.models import Audition, Availability, HalfDay, Juror, JuryInvitation, Scorecard, Tie
from projects.models import Project

VALID_FOR = timedelta(days=30)
HALF_DAYS_ASKED = 4


class LinkExpired(Exception):
    """The personal link is too old; the team sends a new one."""


class NoHalfDay(Exception):
    """Whoever comes is free on a half-day at least."""


@transaction.atomic
def invite_to_sit(juror: Juror, *, half_days: int, by: User, at: datetime) -> JuryInvitation:
    """Ask a juror, or ask again: the former link stops working, the answer given stays."""
    token = secrets.token_urlsafe(32)
    invitation, created = JuryInvitation.objects.select_for_update(of=("self",)).get_or_create(
        juror=juror,
        defaults={
            "token_hash": token_hash(token),
            "half_days_asked": half_days,
            "sent_at": at,
            "sent_by": by,
            "expires_at": at + VALID_FOR,
        },
    )
    if not created:
        invitation.token_hash, invitation.half_days_asked = token_hash(token), half_days
        invitation.sent_at, invitation.sent_by, invitation.expires_at = at, by, at + VALID_FOR
        invitation.times_sent += 1
        invitation.save(
            update_fields=["token_hash", "half_days_asked", "sent_at", "sent_by", "expires_at", "times_sent"]
        )
    journal("invite_to_sit", juror, by=by, at=at, half_days=half_days, times=invitation.times_sent)
    emails.jury_invited(invitation, token=token, at=at)
    return invitation


def invite_all(promotion: Promotion, *, half_days: int, by: User, at: datetime) -> int:
    """Ask every juror whom nobody asked yet; returns how many were."""
    waiting = Juror.objects.filter(promotion=promotion, invitation__isnull=True)
    return _invite(waiting.select_related("person", "promotion"), half_days=half_days, by=by, at=at)


def remind_silent(promotion: Promotion, *, by: User, at: datetime) -> int:
    """Ask again those who did not answer, with a new link; returns how many were."""
    silent = Juror.objects.filter(promotion=promotion, invitation__status=InvitationStatus.SENT)
    return sum(
        _invite([juror], half_days=juror.invitation.half_days_asked, by=by, at=at)
        for juror in silent.select_related("person", "promotion", "invitation").order_by("pk")
    )


def _invite(jurors: Iterable[Juror], *, half_days: int, by: User, at: datetime) -> int:
    asked = sorted(jurors, key=lambda juror: juror.pk)
    for juror in asked:
        invite_to_sit(juror, half_days=half_days, by=by, at=at)
    return len(asked)


@transaction.atomic
def answer_invitation(
    invitation: JuryInvitation,
    *,
    comes: bool,
    half_days: Collection[HalfDay] = (),
    most: int = 0,
    ties: Collection[Project] = (),
    reason: str = "",
    comment: str = "",
    at: datetime,
) -> None:
    """Keep a juror's answer; a later one replaces it while the link works.

    Someone who agrees to fewer half-days than asked comes with a lighter load. Raises LinkExpired, NoHalfDay,
    IsCandidate (they refused, applied, and now would come).
    """
    held = (
        JuryInvitation.objects.select_for_update(of=("self",))
        .select_related("juror__person", "juror__promotion")
        .get(pk=invitation.pk)
    )
    if held.expires_at <= at or held.token_hash != invitation.token_hash:
        raise LinkExpired("Ce lien n’est plus valable. Demandez-en un nouveau à l’équipe.")
    free = list(half_days)
    most = min(most, len(free)) if comes else 0
    if comes and most < 1:
        raise NoHalfDay("Cochez au moins une demi-journée, ou répondez que vous ne pouvez pas venir.")
    status = InvitationStatus.DECLINED
    if comes:
        lighter = most < held.half_days_asked
        status = InvitationStatus.LIGHTER if lighter else InvitationStatus.ACCEPTED
    juror = held.juror
    changes = {"most_half_days": most, "comment": comment.strip(), "answered_at": at}
    if held.status == status:
        JuryInvitation.objects.filter(pk=held.pk).update(**changes)
        journal("answer_again", juror, by=juror.person, at=at, half_days=most)
    else:
        move(held, status, by=juror.person, at=at, **changes)
        settle_duty(juror, at=at)
    _keep_half_days(juror, free if comes else [])
    for project in ties:
        declare_tie(juror, project=project, reason=reason or "Lien déclaré par la personne", by=None, at=at)


def _keep_half_days(juror: Juror, free: Collection[HalfDay]) -> None:
    Availability.objects.filter(juror=juror).exclude(half_day__in=[day.pk for day in free]).delete()
    Availability.objects.bulk_create(
        [Availability(juror=juror, half_day=day) for day in free], ignore_conflicts=True
    )


@transaction.atomic
def set_availability(
    juror: Juror, *, half_days: Collection[HalfDay], most: int, by: User, at: datetime
) -> JuryInvitation:
    """Write down what a juror said by telephone, or that they fell ill: the team answers for them.

    Raises IsCandidate.
    """
    invitation, _ = JuryInvitation.objects.select_for_update(of=("self",)).get_or_create(
        juror=juror,
        defaults={
            "token_hash": token_hash(secrets.token_urlsafe(32)),
            "sent_at": at,
            "sent_by": by,
            "expires_at": at,
        },
    )
    free = list(half_days)
    most = min(most, len(free))
    status = InvitationStatus.DECLINED
    if most:
        lighter = most < invitation.half_days_asked
        status = InvitationStatus.LIGHTER if lighter else InvitationStatus.ACCEPTED
    changes = {"most_half_days": most, "answered_at": at}
    if invitation.status == status:
        JuryInvitation.objects.filter(pk=invitation.pk).update(**changes)
    else:
        move(invitation, status, by=by, at=at, **changes)
        settle_duty(juror, at=at)
    _keep_half_days(juror, free)
    journal("set_availability", juror, by=by, at=at, half_days=len(free), most=most)
    return invitation


@transaction.atomic
def declare_tie(juror: Juror, *, project: Project, reason: str, by: User | None, at: datetime) -> Tie:
    """The juror hears nobody for this project: their cards there count for nothing (design rule J1).

    `by` is nobody when the juror answered by their link.
    """
    if not reason.strip():
        raise ReasonNeeded("Indiquez en quelques mots le motif du déport.")
    hold_people([juror.person_id])
    auditions = list(
        Audition.objects.select_for_update(of=("self",))
        .filter(project=project, scorecards__juror=juror)
        .order_by("pk")
    )
    cards = Scorecard.objects.filter(
        juror=juror, audition__in=auditions, sheet__status=SheetStatus.DRAFT
    ).select_related("sheet")
    for card in cards.order_by("pk"):
        recuse_sheet(card.sheet, by=by or juror.person, at=at)
    tie, created = Tie.objects.get_or_create(
        juror=juror,
        project=project,
        defaults={"reason": reason.strip()[:300], "declared_at": at, "declared_by": by},
    )
    if created:
        journal("declare_tie", juror, by=by or juror.person, at=at, project=project.pk)
    for audition in auditions:
        recount(audition)
    return tie


@transaction.atomic
def withdraw_tie(tie: Tie, *, by: User, at: datetime) -> None:
    """Declared by mistake: the juror may hear people for the project again, from the next card on."""
    journal("withdraw_tie", tie.juror, by=by, at=at, project=tie.project_id)
    tie.delete()
