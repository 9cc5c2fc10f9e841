"""Save answers, question by question, without ever overwriting what somebody else wrote."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from eig.accounts.models import User
from eig.dossiers.models import Dossier, Revision, Written, promotion_of
from eig.dossiers.queries.form import call_is_over
from eig.dossiers.queries.revision import changes_since, last_changes, type_of
from eig.dossiers.rules import Change, SectionView, Turn, Verdict, filled, shown_text, verdict
from eig.lifecycle import lock

# From an answer to the columns that repeat it.
Mirror = Callable[[Any], Mapping[str, Any]]
AnyWritten = TypeVar("AnyWritten", bound=Written)
OVER = "L’appel est clos : ce brouillon n’a pas été déposé, et ne peut plus être modifié."
CLOSED = "Ce dossier n’est plus en brouillon : il ne peut plus être modifié."


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two texts for one question: what I typed, what is stored; who wrote that, when."""

    question: str
    label: str
    mine: str
    theirs: str
    by: str = ""
    at: datetime | None = None


class StaleVersion(Exception):
    """Someone saved these answers meanwhile: nothing was written. `conflicts` holds both texts."""

    def __init__(self, conflicts: Sequence[Conflict], *, version: int) -> None:
        super().__init__(
            "Cette rubrique a été modifiée pendant que vous écriviez. "
            "Rien n’a été remplacé : comparez les deux textes."
        )
        self.conflicts = tuple(conflicts)
        self.version = version


class AnswerRefused(Exception):
    """The step does not accept this answer; the sentence says why."""


class DossierClosed(Exception):
    """The dossier was handed in or withdrawn, or its call is over: its answers no longer change."""


def refuse_over(dossier: Dossier, kind: str) -> None:
    """A draft is read-only once its call is over, by the database's clock. Raises DossierClosed.

    `call_over`, read together with the dossier, spares a query.
    """
    over = getattr(dossier, "call_over", None)
    if over is None:
        rows = type(dossier)._default_manager.filter(pk=dossier.pk)
        over = rows.filter(call_is_over(kind)).exists()
    if over:
        raise DossierClosed(OVER)


@dataclass(slots=True)
class Seen:
    """What the page that saves was looking at.

    `version`: of the dossier when the page was opened; `versions`: of the questions saved or shown since.
    `since`: the changes made after them, when they were read together with the dossier.
    """

    version: int
    versions: Mapping[str, int] = field(default_factory=dict)
    turn: Turn | None = None
    since: Mapping[str, Sequence[Change]] | None = None

    def of(self, question: str) -> int:
        return self.versions.get(question, self.version)


@transaction.atomic
def save_answers(
    dossier: AnyWritten,
    *,
    section: SectionView,
    answers: Mapping[str, Any],
    version: int | Seen,
    by: User,
    at: datetime,
    mirrors: Mapping[str, Mirror] | None = None,
) -> AnyWritten:
    """Merge the answers of one section, each change with its revision. Raises StaleVersion, DossierClosed.

    Different questions pass side by side; a question that only others changed keeps their text; one that
    both changed is refused, with both texts. None, or an empty answer, erases. `mirrors`: columns
    written together with the answers they repeat.
    """
    seen = version if isinstance(version, Seen) else Seen(version)
    known = {question.code for question in section.written}
    given = {code: value if filled(value) else None for code, value in answers.items() if code in known}
    if not _tried(dossier, section, given, seen, by=by, at=at, mirrors=mirrors or {}):
        # Somebody wrote at the same moment: once more, this time with the row held.
        _read_again(dossier)
        seen.since = None
        _tried(dossier, section, given, seen, by=by, at=at, mirrors=mirrors or {})
    return dossier


def _read_again(dossier: Written) -> None:
    fresh = lock(dossier)
    for name in ("answers", "version", "updated_at", "status"):
        setattr(dossier, name, getattr(fresh, name))


def _tried(
    dossier: Written,
    section: SectionView,
    given: Mapping[str, Any],
    seen: Seen,
    *,
    by: User,
    at: datetime,
    mirrors: Mapping[str, Mirror],
) -> bool:
    """Write over the version that was read; False when it is no longer the current one."""
    if getattr(dossier, "status", dossier.WRITABLE) != dossier.WRITABLE:
        raise DossierClosed(CLOSED)
    changes = {code: value for code, value in given.items() if dossier.answers.get(code) != value}
    late = [code for code in changes if seen.of(code) < dossier.version]
    since = seen.since
    if since is None:
        since = changes_since(dossier, {code: seen.of(code) for code in late}) if late else {}
    found = {
        code: verdict(value, stored=dossier.answers.get(code), since=since.get(code, ()), turn=seen.turn)
        for code, value in changes.items()
    }
    if quarrels := [code for code, said in found.items() if said is Verdict.CONFLICT]:
        raise StaleVersion(_conflicts(dossier, section, changes, quarrels), version=dossier.version)
    kept = {code: changes[code] for code, said in found.items() if said is Verdict.WRITE}
    if not kept:
        return True
    extra = {
        column: value
        for code, mirror in mirrors.items()
        if kept.get(code) is not None
        for column, value in mirror(kept[code]).items()
    }
    return _write(dossier, kept, by=by, at=at, extra=extra, turn=seen.turn or Turn())


def _conflicts(
    dossier: Written, section: SectionView, changes: Mapping[str, Any], quarrels: Sequence[str]
) -> list[Conflict]:
    promotion = promotion_of(dossier)
    trades = dict(promotion.trades.values_list("code", "label"))
    last = last_changes(dossier, quarrels)
    return [
        Conflict(
            question.code,
            question.label,
            shown_text(question, changes[question.code], trades),
            shown_text(question, dossier.answers.get(question.code), trades),
            by=str(last[question.code].by) if question.code in last else "",
            at=last[question.code].at if question.code in last else None,
        )
        for question in section.written
        if question.code in quarrels
    ]


def _write(
    dossier: Written,
    changes: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
    extra: Mapping[str, Any],
    turn: Turn,
) -> bool:
    read, former = dossier.version, dossier.answers
    merged = {**former, **changes}
    values = {
        **extra,
        "answers": {code: value for code, value in merged.items() if value is not None},
        "version": read + 1,
        "updated_at": at,
    }
    unchanged: dict[str, Any] = {"pk": dossier.pk, "version": read, "status": dossier.WRITABLE}
    rows = type(dossier)._default_manager.filter(**unchanged)
    if not rows.update(updated_by=by, **values):
        return False
    Revision.objects.bulk_create(
        Revision(
            dossier_type=type_of(dossier),
            dossier_id=dossier.pk,
            version=read + 1,
            question=code,
            before=former.get(code),
            by=by,
            at=at,
            tab=turn.tab,
            turn=turn.number,
        )
        for code in changes
    )
    for name, value in values.items():
        setattr(dossier, name, value)
    return True
