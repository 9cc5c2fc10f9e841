"""One deed on many applications: asked, looked at, applied row by row. Applied twice, it is done once."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from candidates import emails
from candidates.actions.correction import ask_application_correction
from candidates.actions.eligibility import ReasonMissing, refuse_eligibility
from candidates.actions.reading import assign_reader
from candidates.choices import BulkKind, BulkState, Outcome
from candidates.models import Application, BulkDeed, BulkRow
from candidates.queries.decision import reason_built
from eig.accounts.models import User
from eig.dossiers.actions import AlreadyAsked, CannotAsk
from eig.evaluation.actions import NotAReader, ReaderBarred, ReadingOver
from eig.journal.actions import record as journal
from eig.promotions.models import Promotion
from eig.waves.actions import REFUSALS as WAVE_REFUSALS
from eig.waves.actions import WaveNotReady, propose_decision
from eig.waves.choices import WaveSubject
from eig.waves.models import Wave

logger = logging.getLogger(__name__)

MOST_ROWS = 500
# Rows settled in one go by a request; a worker does the rest.
AT_ONCE = 60
UNEXPECTED = "Une erreur de l’application a empêché de traiter cette ligne ; rien n’y a changé."
REFUSALS = (
    AlreadyAsked,
    CannotAsk,
    NotAReader,
    ReaderBarred,
    ReadingOver,
    ReasonMissing,
    *WAVE_REFUSALS,
)


class NoRows(Exception):
    """A deed concerns at least one application, and at most as many as can be looked at."""


class AlreadyApplied(Exception):
    """What was applied is not asked otherwise."""


@transaction.atomic
def prepare_bulk(
    promotion: Promotion, *, kind: BulkKind | str, applications: Sequence[int], by: User, at: datetime
) -> BulkDeed:
    """Note which applications a deed is about. Nothing happens to them yet. Raises NoRows."""
    chosen = sorted(set(applications))
    if not chosen:
        raise NoRows("Cochez au moins une candidature.")
    if len(chosen) > MOST_ROWS:
        raise NoRows(f"{len(chosen)} candidatures, c’est trop pour être relu : {MOST_ROWS} au plus.")
    deed = BulkDeed.objects.create(promotion=promotion, kind=kind, asked_by=by, asked_at=at)
    BulkRow.objects.bulk_create(BulkRow(bulk=deed, application_id=pk) for pk in chosen)
    journal("prepare_bulk", deed, by=by, at=at, kind=str(kind), rows=len(chosen))
    return deed


@transaction.atomic
def fill_bulk(deed: BulkDeed, *, given: Mapping[str, Any], by: User, at: datetime) -> None:
    """Say what is to be done, with plain values. Raises AlreadyApplied."""
    filled = BulkDeed.objects.filter(pk=deed.pk, applied_at__isnull=True).update(given=dict(given))
    if not filled:
        raise AlreadyApplied("Ce geste est déjà appliqué : préparez-en un autre.")
    deed.given = dict(given)


def apply_bulk(deed: BulkDeed, *, by: User, at: datetime, most: int = AT_ONCE) -> int:
    """Do what is still to do, a transaction a row: one refusal stops no other. Returns how many rows wait."""
    if BulkDeed.objects.filter(pk=deed.pk, applied_at__isnull=True).update(applied_at=at):
        journal("apply_bulk", deed, by=by, at=at, kind=deed.kind)
    waiting = deed.rows.filter(state=BulkState.PENDING).order_by("pk").values_list("pk", flat=True)
    for pk in list(waiting[:most]):
        try:
            _settle(deed, pk, by=by, at=at)
        except Exception:
            logger.exception("A deed on many goes on after a failure")
            rows = BulkRow.objects.filter(pk=pk, state=BulkState.PENDING)
            rows.update(state=BulkState.REFUSED, said=UNEXPECTED, settled_at=at)
    return deed.rows.filter(state=BulkState.PENDING).count()


@transaction.atomic
def _settle(deed: BulkDeed, pk: int, *, by: User, at: datetime) -> None:
    rows = BulkRow.objects.select_for_update(of=("self",), skip_locked=True)
    row = rows.select_related("application__promotion").filter(pk=pk, state=BulkState.PENDING).first()
    if row is None:
        return
    try:
        with transaction.atomic():
            said, state = _DEEDS[BulkKind(deed.kind)](deed, row.application, by, at), BulkState.DONE
    except REFUSALS as reason:
        said, state = str(reason), BulkState.REFUSED
    BulkRow.objects.filter(pk=pk).update(state=state, said=said[:300], settled_at=at)


def _assign(deed: BulkDeed, application: Application, by: User, at: datetime) -> str:
    reader = User.objects.filter(code=deed.given["reader"]).first()
    if reader is None:
        raise NotAReader("Cette personne n’a plus de compte.")
    assign_reader(application, reader=reader, by=by, at=at)
    return f"Confiée à {reader}."


def _refuse(deed: BulkDeed, application: Application, by: User, at: datetime) -> str:
    refuse_eligibility(application, reason=deed.given["reason"], code=deed.given["code"], by=by, at=at)
    return "Déclarée inéligible ; la personne en est informée."


def _propose(deed: BulkDeed, application: Application, by: User, at: datetime) -> str:
    wave = Wave.objects.filter(
        promotion_id=application.promotion_id,
        subject=WaveSubject.APPLICATIONS,
        code=deed.given["wave"],
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


_DEEDS: Mapping[BulkKind, Callable[[BulkDeed, Application, User, datetime], str]] = {
    BulkKind.ASSIGN: _assign,
    BulkKind.INELIGIBLE: _refuse,
    BulkKind.PROPOSE: _propose,
    BulkKind.COMPLETE: _complete,
    BulkKind.WRITE: _write,
}
