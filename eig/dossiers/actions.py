"""Save the answers of a dossier without ever overwriting someone else's, and seal it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, transaction

from eig.accounts.models import User
from eig.dossiers.choices import FormKind
from eig.dossiers.models import Dossier, Revision
from eig.dossiers.rules import (
    FormView,
    SectionView,
    canonical_content,
    filled,
    receipt_number,
    sha256,
    shown_text,
)
from eig.journal.actions import record as journal

AnyDossier = TypeVar("AnyDossier", bound=Dossier)
LETTERS = {FormKind.PROJECT: "P", FormKind.APPLICATION: "C"}
DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two texts for one question: what I typed, what is stored."""

    question: str
    label: str
    mine: str
    theirs: str


class StaleVersion(Exception):
    """Someone saved these answers meanwhile: nothing was written. `conflicts` holds both texts."""

    def __init__(self, conflicts: Sequence[Conflict], *, version: int) -> None:
        super().__init__(
            "Cette rubrique a été modifiée pendant que vous écriviez. "
            "Rien n’a été remplacé : comparez les deux textes."
        )
        self.conflicts = tuple(conflicts)
        self.version = version


class DossierClosed(Exception):
    """The dossier was handed in or withdrawn: its answers no longer change."""


def _type_of(dossier: Dossier) -> str:
    return str(dossier._meta.label_lower)


def _conflicts(
    dossier: Dossier, changes: Mapping[str, Any], *, section: SectionView, since: int
) -> list[Conflict]:
    """The questions of this save that others changed since `since`; other questions are no quarrel."""
    touched = set(
        Revision.objects.filter(
            dossier_type=_type_of(dossier),
            dossier_id=dossier.pk,
            version__gt=since,
            question__in=list(changes),
        ).values_list("question", flat=True)
    )
    trades = dict(dossier.promotion.trades.values_list("code", "label")) if touched else {}
    return [
        Conflict(
            question.code,
            question.label,
            shown_text(question, changes[question.code], trades),
            shown_text(question, dossier.answers.get(question.code), trades),
        )
        for question in section.written
        if question.code in touched
    ]


@transaction.atomic
def save_answers(
    dossier: AnyDossier,
    *,
    section: SectionView,
    answers: Mapping[str, Any],
    version: int,
    by: User,
    at: datetime,
    extra: Mapping[str, Any] | None = None,
) -> AnyDossier:
    """Merge the answers of one section, each change with its revision. Raises StaleVersion, DossierClosed.

    `version` is the one the person was looking at: what others changed since is never overwritten, but
    saves of different questions pass side by side. None, or an empty answer, erases. `extra` are columns
    written together with the answers.
    """
    model = type(dossier)
    locked = model._default_manager.select_for_update(of=("self",)).get(pk=dossier.pk)
    if getattr(locked, "status", DRAFT) != DRAFT:
        raise DossierClosed("Ce dossier n’est plus en brouillon : il ne peut plus être modifié.")
    known = {question.code for question in section.written}
    given = {code: value if filled(value) else None for code, value in answers.items() if code in known}
    changes = {code: value for code, value in given.items() if locked.answers.get(code) != value}
    if version != locked.version and (found := _conflicts(locked, changes, section=section, since=version)):
        raise StaleVersion(found, version=locked.version)
    if changes or extra:
        _write(locked, changes, by=by, at=at, extra=extra or {})
    for name in ("answers", "version", "updated_at", *(extra or {})):
        setattr(dossier, name, getattr(locked, name))
    return dossier


def _write(
    locked: Dossier, changes: Mapping[str, Any], *, by: User, at: datetime, extra: Mapping[str, Any]
) -> None:
    after = locked.version + 1
    merged = {**locked.answers, **changes}
    Revision.objects.bulk_create(
        Revision(
            dossier_type=_type_of(locked),
            dossier_id=locked.pk,
            version=after,
            question=code,
            before=locked.answers.get(code),
            by=by,
            at=at,
        )
        for code in changes
    )
    values = {
        **extra,
        "answers": {code: value for code, value in merged.items() if value is not None},
        "version": after,
        "updated_at": at,
    }
    type(locked)._default_manager.filter(pk=locked.pk, version=locked.version).update(updated_by=by, **values)
    for name, value in values.items():
        setattr(locked, name, value)


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
    asked = {question.code for question in form.questions()}
    content = canonical_content(
        promotion=code,
        kind=str(kind),
        answers={key: value for key, value in dossier.answers.items() if key in asked},
        files=files,
    )
    Revision.objects.filter(dossier_type=_type_of(dossier), dossier_id=dossier.pk).update(before=None)
    number, digest = (
        receipt_number(promotion=code, letter=LETTERS[FormKind(kind)], rank=rank),
        sha256(content),
    )
    journal("seal", dossier, by=by, at=now, number=number, sha256=digest)
    return number, digest
