"""The deeds that may be done to many applications at once, each row by row (`eig.listing`)."""

from collections.abc import Callable, Mapping
from datetime import datetime

from candidates import emails
from candidates.actions.correction import ask_application_correction
from candidates.actions.eligibility import ReasonMissing, refuse_eligibility
from candidates.choices import BulkKind, Outcome
from candidates.models import Application, Review
from candidates.queries.decision import reason_built
from eig.accounts.models import User
from eig.dossiers.actions import AlreadyAsked, CannotAsk
from eig.evaluation.actions import NotAReader, ReaderBarred, ReadingOver, assign_many
from eig.listing.models import BulkDeed
from eig.waves.actions import REFUSALS as WAVE_REFUSALS
from eig.waves.actions import WaveNotReady, propose_decision
from eig.waves.choices import WaveSubject
from eig.waves.models import Wave

REFUSALS = (AlreadyAsked, CannotAsk, NotAReader, ReaderBarred, ReadingOver, ReasonMissing, *WAVE_REFUSALS)


def _refuse(deed: BulkDeed, application: Application, by: User, at: datetime) -> str:
    refuse_eligibility(application, reason=deed.given["reason"], code=deed.given["code"], by=by, at=at)
    return "Déclarée inéligible ; la personne en est informée."


def _propose(deed: BulkDeed, application: Application, by: User, at: datetime) -> str:
    wave = Wave.objects.filter(
        promotion_id=application.promotion_id, subject=WaveSubject.APPLICATIONS, code=deed.given["wave"]
    ).first()
    if wave is None:
        raise WaveNotReady("Cette vague n’existe plus.")
    outcome = deed.given["outcome"]
    reason = deed.given.get("reason") or reason_built(application, is_kept=outcome == Outcome.SHORTLISTED)
    made = propose_decision(application, wave=wave, outcome=outcome, reason=reason, by=by, at=at)
    return f"Proposée : {made.get_outcome_display().lower()}."


def _complete(deed: BulkDeed, application: Application, by: User, at: datetime) -> str:
    ask_application_correction(
        application,
        questions=deed.given["questions"],
        reason=deed.given["reason"],
        due_at=datetime.fromisoformat(deed.given["due_at"]),
        by=by,
        at=at,
    )
    return "Complément demandé."


def _write(deed: BulkDeed, application: Application, by: User, at: datetime) -> str:
    emails.team_letter(
        application,
        subject=deed.given["subject"],
        text=deed.given["text"],
        key=f"bulk:{deed.pk}:{application.pk}",
        at=at,
    )
    return "Message écrit ; il part avec les autres."


DEEDS: Mapping[BulkKind, Callable[[BulkDeed, Application, User, datetime], str]] = {
    BulkKind.ASSIGN: assign_many(Review),
    BulkKind.INELIGIBLE: _refuse,
    BulkKind.PROPOSE: _propose,
    BulkKind.COMPLETE: _complete,
    BulkKind.WRITE: _write,
}
