"""Ask for named answers to be set right after the deposit; receive the answer, or let the delay pass."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from eig.accounts.models import User
from eig.dossiers.actions.receipt import sealed_content
from eig.dossiers.choices import CorrectionStatus, FormKind
from eig.dossiers.models import Correction, Dossier, Revision
from eig.dossiers.queries.revision import type_of
from eig.dossiers.rules import FormView, amended_number, barriers, missing_parts, sha256
from eig.failures.actions import alone
from eig.french import deadline
from eig.journal.actions import record as journal
from eig.lifecycle import move
from eig.promotions.gate import official_now

AnyCorrection = TypeVar("AnyCorrection", bound=Correction)
Files = Mapping[str, Sequence[str]]


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
    model: type[AnyCorrection],
    dossier: Dossier,
    *,
    link: str,
    allowed: Collection[str],
    questions: Sequence[str],
    reason: str,
    due_at: datetime,
    by: User,
    at: datetime,
) -> AnyCorrection:
    """Open `questions` of a dossier handed in (in one of the `allowed` states) until `due_at`.

    `link` names the foreign key of `model` to the dossier. Raises CannotAsk, AlreadyAsked.
    """
    locked = type(dossier)._default_manager.select_for_update(of=("self",)).get(pk=dossier.pk)
    if locked.submitted_at is None or getattr(locked, "status", "") not in allowed:
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
            correction = model._default_manager.create(
                **{link: dossier},
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
    return correction


def _held(correction: AnyCorrection) -> AnyCorrection:
    """The row, alone; the dossier is locked after it, always in this order."""
    held = type(correction)._default_manager.select_for_update(of=("self",)).get(pk=correction.pk)
    for name in ("status", "answers", "version", "number", "content_sha256", "ended_at", "due_at"):
        setattr(correction, name, getattr(held, name))
    return correction


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
def answer_correction(
    correction: AnyCorrection,
    *,
    form: FormView,
    kind: FormKind,
    allowed: Collection[str],
    message: str,
    by: User,
    attached: Collection[str] = (),
    settle: Callable[[Dossier, datetime], Files] | None = None,
) -> bool:
    """Send the corrected answers into the dossier, with a receipt of their own; True when it was done now.

    Said twice, it is done once. `settle(dossier, now)` sets right what the step derives from the answers,
    moves the files, and returns their digests. Raises CorrectionOver, Incomplete.
    """
    _held(correction)
    if correction.status == CorrectionStatus.ANSWERED:
        return False
    now = refuse_late(correction)
    dossier = correction.dossier
    model = type(dossier)
    locked = (
        model._default_manager.select_for_update(of=("self",)).select_related("promotion").get(pk=dossier.pk)
    )
    if getattr(locked, "status", "") not in allowed:
        raise CorrectionOver("Ce dossier a avancé entre-temps : ses réponses ne changent plus.")
    asked = set(correction.questions)
    locked.answers = amended(locked.answers, asked, correction.answers)
    _refuse_incomplete(form, locked.answers, asked, attached)
    rank = type(correction)._default_manager.filter(number__startswith=f"{locked.number}-R").count() + 1
    model._default_manager.filter(pk=locked.pk).update(
        answers=locked.answers, version=locked.version + 1, updated_at=now, updated_by=by
    )
    files = settle(locked, now) if settle else None
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
        content_sha256=sha256(sealed_content(locked, kind=kind, form=form, files=files)),
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
def cancel_correction(correction: Correction, *, by: User, at: datetime) -> None:
    """Take a request back: the answers are closed again, as they were. Raises IllegalMove."""
    _held(correction)
    move(correction, CorrectionStatus.CANCELLED, by=by, at=at, ended_by=by, ended_at=at)


@transaction.atomic
def expire_correction(correction: Correction) -> bool:
    """Close a correction whose delay has passed, by the database's clock; True when it was done now.

    An answer under way holds the row: whichever comes second finds that it came second.
    """
    _held(correction)
    now = official_now(correction.promotion_id)
    if correction.status != CorrectionStatus.ASKED or now <= correction.due_at:
        return False
    move(correction, CorrectionStatus.EXPIRED, by=None, at=now, ended_at=now)
    return True


def expire_each(rows: Iterable[AnyCorrection], *, expire: Callable[[AnyCorrection], bool]) -> int:
    """Close every correction whose delay has passed, each alone; returns how many. Safe to run twice."""
    count = 0
    for row in rows:
        promotion_id = row.promotion_id
        with alone(
            "expire_correction",
            row,
            deed="clore une demande de correction dont le délai est passé",
            at=official_now(promotion_id),
            promotion_id=promotion_id,
        ):
            count += expire(row)
    return count
