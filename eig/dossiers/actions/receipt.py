"""Take a dossier in: nothing is missing, once, in time; then its number and the digest of its content."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, transaction

from eig.accounts.models import User
from eig.dossiers.choices import FormKind
from eig.dossiers.models import Dossier, Revision
from eig.dossiers.queries.revision import type_of
from eig.dossiers.rules import FormView, barriers, canonical_content, missing_parts, receipt_number, sha256
from eig.journal.actions import record as journal
from eig.lifecycle import lock
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import open_gate

AnyDossier = TypeVar("AnyDossier", bound=Dossier)
LETTERS = {FormKind.PROJECT: "P", FormKind.APPLICATION: "C"}

_NEXT = """
    INSERT INTO dossiers_counter (promotion_id, kind, last) VALUES (%s, %s, 1)
    ON CONFLICT ON CONSTRAINT one_counter_per_kind DO UPDATE SET last = dossiers_counter.last + 1
    RETURNING last
"""


class NotReady(Exception):
    """Something is missing, or an answer excludes; the sentence says what."""


def refuse_unready(form: FormView, answers: Mapping[str, Any], attached: Collection[str] = ()) -> None:
    """Raises NotReady, which names the first answers that are missing."""
    if excluded := barriers(form, answers):
        raise NotReady(excluded[0].reason)
    if missing := missing_parts(form, answers, attached):
        more = f" et {len(missing) - 3} autres réponses" if len(missing) > 4 else ""
        named = missing[:3] if more else missing
        raise NotReady(f"Il reste à remplir : {', '.join(item.label for item in named)}{more}.")


@transaction.atomic
def hand_in(
    dossier: AnyDossier,
    *,
    phase: PhaseKind,
    related: Sequence[str],
    take: Callable[[AnyDossier, datetime], None],
) -> AnyDossier:
    """Take a dossier in while its call is open: `take` seals and moves the locked row, at that instant.

    Said twice, it is done once: the second call finds the same receipt. Raises PhaseNotOpen.
    """
    rows = type(dossier)._default_manager.filter(pk=dossier.pk, submitted_at__isnull=False)
    if not rows.exists():
        gate = open_gate(dossier.promotion_id, phase)
        locked = lock(dossier, *related)
        if locked.submitted_at is None:
            take(locked, gate.now)
    dossier.refresh_from_db()
    return dossier


@transaction.atomic
def seal(
    dossier: Dossier,
    *,
    kind: FormKind | str,
    form: FormView,
    now: datetime,
    by: User,
    files: Mapping[str, Sequence[str]] | None = None,
) -> tuple[str, str]:
    """Number and digest of a dossier handed in at `now`, for its `move()`; its former texts are forgotten.

    `files`: SHA-256 of the files sent, by question. Only answers to questions of `form` are sealed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [dossier.promotion_id, str(kind)])
        rank = cursor.fetchone()[0]
    code = dossier.promotion.code
    content = sealed_content(dossier, kind=kind, form=form, files=files)
    Revision.objects.filter(dossier_type=type_of(dossier), dossier_id=dossier.pk).update(before=None)
    number, digest = (
        receipt_number(promotion=code, letter=LETTERS[FormKind(kind)], rank=rank),
        sha256(content),
    )
    journal("seal", dossier, by=by, at=now, number=number, sha256=digest)
    return number, digest


def sealed_content(
    dossier: Dossier,
    *,
    kind: FormKind | str,
    form: FormView,
    answers: Mapping[str, object] | None = None,
    files: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """The bytes a receipt seals: the answers of the dossier (or `answers`) to the questions of `form`."""
    asked = {question.code for question in form.questions()}
    kept = dossier.answers if answers is None else answers
    return canonical_content(
        promotion=dossier.promotion.code,
        kind=str(kind),
        answers={key: value for key, value in kept.items() if key in asked},
        files=files,
    )
