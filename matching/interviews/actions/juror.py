"""Appoint jurors; a juror steps aside from a candidate."""

from datetime import datetime

from django.db import transaction

from candidates.models import Application
from eig.accounts.actions import person_behind
from eig.accounts.models import User
from eig.evaluation.actions import declare_recusal, recuse_sheet
from eig.evaluation.models import Recusal
from eig.journal.actions import record as journal
from eig.journal.changes import changes, facts
from eig.juries.actions import stand_as_judge, stop_judging
from eig.juries.choices import Duty, JurorKind
from eig.promotions.models import Promotion
from matching.interviews import emails
from matching.interviews.actions.card import recount
from matching.interviews.actions.lock import hold_people
from matching.interviews.choices import InvitationStatus
from matching.interviews.models import Audition, Juror, JuryInvitation, MinutesSignature, PanelSeat, Scorecard

SUBJECT = "candidates.application"


class JurorInUse(Exception):
    """The juror sits on a panel, or what they wrote counts."""


@transaction.atomic
def appoint_juror(
    promotion: Promotion,
    *,
    person: User,
    kind: JurorKind | str,
    by: User,
    at: datetime,
    organisation: str = "",
) -> Juror:
    """Make someone a juror of the promotion, and tell them; doing it again corrects what is known of them.

    Raises IsCandidate.
    """
    known = {"kind": kind, "organisation": organisation.strip()}
    before = Juror.objects.filter(promotion=promotion, person=person).first()
    juror, created = Juror.objects.update_or_create(
        promotion=promotion, person=person, defaults=known, create_defaults={**known, "appointed_at": at}
    )
    settle_duty(juror, at=at)
    if before:
        journal("change_juror", juror, by=by, at=at, changed=changes(facts(before), juror))
    else:
        journal("appoint_juror", juror, by=by, at=at, kind=str(kind))
    if created:
        emails.juror_invited(juror, at=at)
    return juror


@transaction.atomic
def appoint_by_email(
    promotion: Promotion,
    *,
    email: str,
    first_name: str,
    last_name: str,
    kind: JurorKind | str,
    by: User,
    at: datetime,
    organisation: str = "",
) -> Juror:
    """Appoint the person behind an address.

    Without an account, one is opened; they sign in with a code by mail.
    """
    person = person_behind(email=email, first_name=first_name, last_name=last_name)
    return appoint_juror(promotion, person=person, kind=kind, organisation=organisation, by=by, at=at)


@transaction.atomic
def dismiss_juror(juror: Juror, *, by: User, at: datetime) -> None:
    """Take someone who sits nowhere and noted nobody off the list; they no longer judge.

    Raises JurorInUse.
    """
    rows = Juror.objects.select_for_update(of=("self",)).select_related("promotion", "person")
    held = rows.get(pk=juror.pk)
    if PanelSeat.objects.filter(juror=held).exists():
        raise JurorInUse(f"{held} siège dans un jury : retirez d’abord cette personne de ses jurys.")
    if Scorecard.objects.filter(juror=held).exists() or MinutesSignature.objects.filter(juror=held).exists():
        raise JurorInUse(f"{held} a rempli une fiche ou signé un procès-verbal, qui comptent toujours.")
    journal("dismiss_juror", held, by=by, at=at)
    JuryInvitation.objects.filter(juror=held).delete()
    held.delete()
    stop_judging(held.promotion, person=held.person, duty=Duty.AUDITION)


def settle_duty(juror: Juror, *, at: datetime) -> None:
    """Write that a juror judges, until they refuse to come and sit nowhere. Raises IsCandidate."""
    refused = JuryInvitation.objects.filter(juror=juror, status=InvitationStatus.DECLINED)
    if refused.exists() and not PanelSeat.objects.filter(juror=juror).exists():
        stop_judging(juror.promotion, person=juror.person, duty=Duty.AUDITION)
    else:
        stand_as_judge(juror.promotion, person=juror.person, duty=Duty.AUDITION, at=at)


@transaction.atomic
def recuse_juror(juror: Juror, *, application: Application, reason: str, by: User, at: datetime) -> Recusal:
    """The juror steps aside from a candidate: their cards count for nothing, and no new one can be given.

    The person is locked first, then the cards leave the means, then the recusal is recorded (design rule J1).
    Raises ReasonNeeded.
    """
    hold_people([juror.person_id])
    auditions = list(
        Audition.objects.select_for_update(of=("self",))
        .filter(application=application, scorecards__juror=juror)
        .order_by("pk")
    )
    cards = (
        Scorecard.objects.filter(juror=juror, audition__in=auditions).select_related("sheet").order_by("pk")
    )
    for card in cards:
        recuse_sheet(card.sheet, by=by, at=at)
    recusal = declare_recusal(
        juror.person,
        promotion=juror.promotion,
        subject_type=SUBJECT,
        subject_id=application.pk,
        reason=reason,
        by=by,
        at=at,
    )
    for audition in auditions:
        recount(audition)
    return recusal
