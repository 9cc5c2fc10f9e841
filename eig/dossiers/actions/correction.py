"""Ask for named answers to be set right after the deposit; receive the answer, or let the delay pass.

A step says in a `CorrectionKind` what its dossiers are, and what follows from their answers.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from eig.accounts.models import User
from eig.dossiers import emails
from eig.dossiers.actions.receipt import sealed_content
from eig.dossiers.choices import CorrectionStatus
from eig.dossiers.kinds import CorrectionKind
from eig.dossiers.models import Correction, Dossier, Revision
from eig.dossiers.queries.form import form_of
from eig.dossiers.queries.revision import type_of
from eig.dossiers.rules import FormView, amended_number, barriers, missing_parts, sha256
from eig.failures.actions import alone
from eig.french import deadline
from eig.journal.actions import record as journal
from eig.lifecycle import lock, move
from eig.promotions.gate import official_now


class AlreadyAsked(Exception):
    """A correction of this dossier is still awaited."""


class CannotAsk(Exception):
    """The dossier is not at a stage where its answers may change, or the request says too little."""


class CorrectionOver(Exception):
    """The correction was answered, taken back, or its delay has passed: nothing changes any more."""


class Incomplete(Exception):
    """Something is missing in the answers asked for."""


@transaction.atomic
def ask_correction(
    kind: CorrectionKind,
    dossier: Dossier,
    *,
    questions: Sequence[str],
    reason: str,
    due_at: datetime,
    by: User,
    at: datetime,
) -> Any:
    """Open `questions` of a dossier handed in until `due_at`, and write to its people.

    Raises CannotAsk, AlreadyAsked.
    """
    locked = lock(dossier)
    if locked.submitted_at is None or getattr(locked, "status", "") not in kind.allowed:
        raise CannotAsk("À ce stade, les réponses de ce dossier ne changent plus.")
    if not questions:
        raise CannotAsk("Choisissez au moins une réponse à corriger.")
    if not reason.strip():
        raise CannotAsk("Dites ce qui est à corriger : la personne lira ce texte.")
    if due_at <= official_now(locked.promotion_id):
        raise CannotAsk("Ce délai est déjà passé.")
    former = {code: locked.answers[code] for code in questions if code in locked.answers}
    try:
        with transaction.atomic():
            correction = kind.model._default_manager.create(
                **{kind.model.DOSSIER: dossier},
                questions=list(questions),
                reason=reason.strip(),
                asked_by=by,
                asked_at=at,
                due_at=due_at,
                answers=former,
                before=former,
                updated_at=at,
                updated_by=by,
            )
    except IntegrityError as error:
        raise AlreadyAsked("Une correction est déjà attendue pour ce dossier.") from error
    journal("ask_correction", dossier, by=by, at=at, questions=list(questions), due_at=due_at.isoformat())
    emails.correction_asked(kind, correction, at=at)
    return correction


def _held(correction: Correction) -> None:
    """The row, alone; the dossier is locked after it, always in this order."""
    held = lock(correction)
    for name in ("status", "answers", "version", "number", "content_sha256", "ended_at", "due_at"):
        setattr(correction, name, getattr(held, name))


def refuse_late(correction: Correction) -> datetime:
    """The official instant, when the correction is still awaited. Raises CorrectionOver."""
    now = official_now(correction.promotion_id)
    if correction.status == CorrectionStatus.CANCELLED:
        raise CorrectionOver("L’équipe programme a annulé cette demande : il n’y a rien à faire.")
    if correction.status == CorrectionStatus.ANSWERED:
        raise CorrectionOver("Cette correction est déjà envoyée.")
    if correction.status == CorrectionStatus.EXPIRED or now > correction.due_at:
        raise CorrectionOver(
            f"Le délai est passé depuis le {deadline(correction.due_at)} : "
            "votre dossier reste comme il était."
        )
    return now


@transaction.atomic
def answer_correction(kind: CorrectionKind, correction: Any, *, message: str, by: User) -> Any:
    """Send the corrected answers into the dossier, with a receipt of their own; whoever asked is told.

    Said twice, it is done once. Raises CorrectionOver, Incomplete.
    """
    form = form_of(correction.promotion, kind.form)
    if _answered(kind, correction, form=form, message=message, by=by):
        emails.correction_answered(kind, correction, at=correction.ended_at)
    return correction


def _answered(kind: CorrectionKind, correction: Any, *, form: FormView, message: str, by: User) -> bool:
    _held(correction)
    if correction.status == CorrectionStatus.ANSWERED:
        return False
    now = refuse_late(correction)
    dossier = correction.dossier
    model = type(dossier)
    locked = lock(dossier, "promotion")
    if getattr(locked, "status", "") not in kind.allowed:
        raise CorrectionOver("Ce dossier a avancé entre-temps : ses réponses ne changent plus.")
    asked = set(correction.questions)
    locked.answers = amended(locked.answers, asked, correction.answers)
    _refuse_incomplete(form, locked.answers, asked, kind.attached(correction, form))
    rank = type(correction)._default_manager.filter(number__startswith=f"{locked.number}-R").count() + 1
    model._default_manager.filter(pk=locked.pk).update(
        answers=locked.answers, version=locked.version + 1, updated_at=now, updated_by=by
    )
    files = kind.settle(correction, locked, form)
    Revision.objects.filter(dossier_type=type_of(correction), dossier_id=correction.pk).update(before=None)
    move(
        correction,
        CorrectionStatus.ANSWERED,
        by=by,
        at=now,
        message=message.strip(),
        ended_by=by,
        ended_at=now,
        number=amended_number(str(locked.number), rank),
        content_sha256=sha256(sealed_content(locked, kind=kind.form, form=form, files=files)),
    )
    for name in ("answers", "version", "updated_at"):
        setattr(dossier, name, getattr(locked, name))
    return True


def amended(answers: Mapping[str, Any], asked: Collection[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers once `asked` are those of `given`; what was emptied is gone."""
    kept = {code: value for code, value in answers.items() if code not in asked}
    return kept | {code: given[code] for code in asked if code in given}


def _refuse_incomplete(
    form: FormView, answers: Mapping[str, Any], asked: Collection[str], attached: Collection[str]
) -> None:
    if excluded := [item for item in barriers(form, answers) if item.question in asked]:
        raise Incomplete(excluded[0].reason)
    missing = [item.label for item in missing_parts(form, answers, attached) if item.question in asked]
    if missing:
        raise Incomplete(f"Il reste à remplir : {', '.join(missing[:4])}{'…' if len(missing) > 4 else ''}.")


@transaction.atomic
def cancel_correction(kind: CorrectionKind, correction: Correction, *, by: User | None, at: datetime) -> None:
    """Take a request back, and say so: the answers are closed again, as they were. Raises IllegalMove."""
    _held(correction)
    move(correction, CorrectionStatus.CANCELLED, by=by, at=at, ended_by=by, ended_at=at)
    emails.correction_cancelled(kind, correction, at=at)


@transaction.atomic
def expire_correction(kind: CorrectionKind, correction: Correction) -> bool:
    """Close a correction whose delay has passed, by the database's clock; True when it was done now.

    An answer under way holds the row: whichever comes second finds that it came second. Nothing is written
    of a dossier that has gone on.
    """
    _held(correction)
    now = official_now(correction.promotion_id)
    if correction.status != CorrectionStatus.ASKED or now <= correction.due_at:
        return False
    move(correction, CorrectionStatus.EXPIRED, by=None, at=now, ended_at=now)
    if getattr(correction.dossier, "status", "") in kind.allowed:
        emails.correction_expired(kind, correction, at=correction.due_at)
    return True


def expire_corrections(kind: CorrectionKind) -> int:
    """Close every correction whose delay has passed, each alone; returns how many. Safe to run twice."""
    count = 0
    # Asked every minute, and nearly always nobody: what letters read is loaded for those found.
    asked = kind.model._default_manager.filter(status=CorrectionStatus.ASKED).order_by("pk")
    for row in kind.rows.filter(pk__in=list(asked.values_list("pk", flat=True))):
        promotion_id = row.promotion_id
        with alone(
            "expire_correction",
            row,
            deed="clore une demande de correction dont le délai est passé",
            at=official_now(promotion_id),
            promotion_id=promotion_id,
        ):
            count += expire_correction(kind, row)
    return count
