"""Appoint jurors; a juror steps aside from a candidate."""

from datetime import datetime

from django.db import IntegrityError, transaction

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.accounts.models import User
from eig.evaluation.actions import declare_recusal, recuse_sheet
from eig.evaluation.models import Recusal
from eig.journal.actions import record as journal
from eig.promotions.models import Promotion
from matching.interviews import emails
from matching.interviews.actions.card import recount
from matching.interviews.actions.lock import hold_people
from matching.interviews.choices import JurorType
from matching.interviews.models import Audition, Juror, Scorecard

SUBJECT = "candidates.application"


class IsCandidate(Exception):
    """Jurors and experts of a promotion may not apply to it (règlement EIG6, art. 3)."""


class ReasonNeeded(Exception):
    """Stepping aside is recorded with its reason."""


@transaction.atomic
def appoint_juror(
    promotion: Promotion,
    *,
    person: User,
    type: JurorType | str,
    by: User,
    at: datetime,
    organisation: str = "",
) -> Juror:
    """Make someone a juror of the promotion, and tell them; doing it twice changes nothing.

    Raises IsCandidate.
    """
    out = [ApplicationStatus.WITHDRAWN, ApplicationStatus.DRAFT]
    if Application.objects.filter(promotion=promotion, candidate=person).exclude(status__in=out).exists():
        raise IsCandidate(f"{person} est candidat·e à cette promotion et ne peut pas y siéger.")
    juror, created = Juror.objects.get_or_create(
        promotion=promotion,
        person=person,
        defaults={"type": type, "organisation": organisation.strip(), "appointed_at": at},
    )
    if created:
        journal("appoint_juror", juror, by=by, at=at, type=str(type))
        emails.juror_invited(juror, at=at)
    return juror


@transaction.atomic
def appoint_by_email(
    promotion: Promotion,
    *,
    email: str,
    first_name: str,
    last_name: str,
    type: JurorType | str,
    by: User,
    at: datetime,
    organisation: str = "",
) -> Juror:
    """Appoint the person behind an address.

    Without an account, one is opened; they sign in with a code by mail.
    """
    address = email.strip().lower()
    person = User.objects.filter(email=address).first()
    if person is None:
        try:
            with transaction.atomic():
                person = User.objects.create_user(
                    address, None, first_name=first_name.strip(), last_name=last_name.strip()
                )
        except IntegrityError:
            person = User.objects.get(email=address)
    return appoint_juror(promotion, person=person, type=type, organisation=organisation, by=by, at=at)


@transaction.atomic
def recuse_juror(juror: Juror, *, application: Application, reason: str, by: User, at: datetime) -> Recusal:
    """The juror steps aside from a candidate: their cards count for nothing, and no new one can be given.

    The person is locked first, then the cards leave the means, then the recusal is recorded (design rule J1).
    """
    if not reason.strip():
        raise ReasonNeeded("Indiquez en quelques mots le motif du déport.")
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
        reason=reason.strip()[:300],
        by=by,
        at=at,
    )
    for audition in auditions:
        recount(audition)
    return recusal
