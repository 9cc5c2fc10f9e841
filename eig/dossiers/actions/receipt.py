"""Seal a dossier handed in: its number, the digest of its content."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from eig.accounts.models import User
from eig.dossiers.choices import FormKind
from eig.dossiers.models import Dossier, Revision
from eig.dossiers.queries.revision import type_of
from eig.dossiers.rules import FormView, canonical_content, receipt_number, sha256
from eig.journal.actions import record as journal

LETTERS = {FormKind.PROJECT: "P", FormKind.APPLICATION: "C"}

_NEXT = """
    INSERT INTO dossiers_counter (promotion_id, kind, last) VALUES (%s, %s, 1)
    ON CONFLICT ON CONSTRAINT one_counter_per_kind DO UPDATE SET last = dossiers_counter.last + 1
    RETURNING last
"""


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
