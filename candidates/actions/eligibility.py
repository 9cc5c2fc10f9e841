"""Refuse an application that does not meet the conditions; take the refusal back."""

from datetime import datetime

from django.db import transaction

from candidates import emails
from candidates.choices import Ineligibility, Status
from candidates.documents import INELIGIBILITY_LETTER
from candidates.models import Application
from eig.accounts.models import User
from eig.documents.printing import ask_print
from eig.lifecycle import lock, move
from eig.waves.actions import drop_awaited_decision
from eig.waves.choices import WaveSubject


class ReasonMissing(Exception):
    """A refusal, or its end, is told with its reason."""


@transaction.atomic
def refuse_eligibility(
    application: Application,
    *,
    reason: str,
    by: User,
    at: datetime,
    code: Ineligibility | str = Ineligibility.OTHER,
) -> None:
    """Set aside an application that the règlement does not admit, for a named reason; its letter is printed.

    Raises ReasonMissing, IllegalMove.
    """
    if not reason.strip():
        raise ReasonMissing("Indiquez le motif : il est communiqué à la personne.")
    locked = lock(application, "promotion", "candidate")
    drop_awaited_decision(locked, subject=WaveSubject.APPLICATIONS)
    move(locked, Status.INELIGIBLE, by=by, at=at, ineligibility=reason.strip(), ineligibility_code=code)
    emails.application_ineligible(locked, at=at)
    ask_print(INELIGIBILITY_LETTER, subject_id=locked.pk, title=f"Lettre {locked.number}", by=by, at=at)
    application.refresh_from_db()


@transaction.atomic
def restore_eligibility(application: Application, *, reason: str, by: User, at: datetime) -> None:
    """Take the refusal back: the application is read again. Raises ReasonMissing, IllegalMove."""
    if not reason.strip():
        raise ReasonMissing("Indiquez pourquoi la candidature est rétablie.")
    locked = lock(application, "promotion", "candidate")
    move(locked, Status.SUBMITTED, by=by, at=at, ineligibility="", ineligibility_code="")
    emails.application_restored(locked, reason=reason.strip(), at=at)
    application.refresh_from_db()
