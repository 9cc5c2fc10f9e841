"""Who changed which answer of a dossier, and what others changed since a version was seen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from eig.accounts.models import User
from eig.dossiers.models import Revision, Written
from eig.dossiers.queries.form import asked_question
from eig.dossiers.rules import Change, FormView, Piece, difference, shown_text

AnyModel = TypeVar("AnyModel", bound=Model)
# Saves of one person closer than this are one writing of the same answer.
SITTING = timedelta(minutes=10)


def type_of(dossier: Model | type[Model]) -> str:
    return str(dossier._meta.label_lower)


def _of(dossier: Written) -> QuerySet[Revision]:
    return Revision.objects.filter(dossier_type=type_of(dossier), dossier_id=dossier.pk)


def changes_since(dossier: Written, versions: Mapping[str, int]) -> dict[str, list[Change]]:
    """The changes of each question after the version given for it, oldest first."""
    wanted = Q()
    for question, version in versions.items():
        wanted |= Q(question=question, version__gt=version)
    found: dict[str, list[Change]] = {}
    if not versions:
        return found
    for row in _of(dossier).filter(wanted).order_by("version", "pk"):
        found.setdefault(row.question, []).append(Change(row.version, row.before, row.tab, row.turn))
    return found


def with_answer(
    rows: QuerySet[AnyModel], *, kind: str, question: str, version: int, promotion: str = "promotion"
) -> QuerySet[AnyModel]:
    """The same rows with what saving one answer needs, all in one query.

    `changed`: what `changes_since` tells of the question after `version`; `asked`: the question itself.
    """
    later = (
        Revision.objects.filter(
            dossier_type=type_of(rows.model),
            dossier_id=OuterRef("pk"),
            question=question,
            version__gt=version,
        )
        .order_by("version", "pk")
        .values(data=JSONObject(version="version", before="before", tab="tab", turn="turn"))
    )
    asked = asked_question(kind, question, promotion=promotion)
    return cast("QuerySet[AnyModel]", rows.annotate(changed=ArraySubquery(later), asked=asked))


def read_changes(changed: Iterable[Mapping[str, Any]]) -> list[Change]:
    return [Change(row["version"], row["before"], row["tab"], row["turn"]) for row in changed]


def last_changes(dossier: Written, questions: Iterable[str] | None = None) -> dict[str, Revision]:
    """The latest change of each question, with its author."""
    rows = _of(dossier).select_related("by")
    if questions is not None:
        rows = rows.filter(question__in=list(questions))
    return {row.question: row for row in rows.order_by("question", "-version", "-pk").distinct("question")}


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person writing one answer for a while: what it was before, what it became."""

    question: str
    label: str
    section: str
    by: User
    at: datetime
    version: int
    pieces: tuple[Piece, ...]
    # The first text of this answer: nothing to compare it with.
    is_first: bool
    is_current: bool
    # The text before can be brought back: it was kept, and it is not what is there now.
    may_restore: bool


def sittings(dossier: Written, form: FormView, *, question: str = "") -> list[Sitting]:
    """The history of a draft, latest first; texts before the deposit are forgotten at the deposit."""
    rows = _of(dossier).select_related("by").order_by("question", "-version", "-pk")
    if question:
        rows = rows.filter(question=question)
    asked = {item.code: (section.title, item) for section in form.sections for item in section.written}
    trades = form.trade_labels
    found: list[Sitting] = []
    run: list[Revision] = []
    after: Any = None
    written = list(rows)
    for place, row in enumerate(written):
        if row.question not in asked:
            continue
        if not run:
            later = written[place - 1] if place and written[place - 1].question == row.question else None
            after = later.before if later else dossier.answers.get(row.question)
        run.append(row)
        following = written[place + 1] if place + 1 < len(written) else None
        if following and _same_sitting(row, following):
            continue
        title, view = asked[row.question]
        texts = shown_text(view, row.before, trades), shown_text(view, after, trades)
        found.append(
            Sitting(
                row.question,
                view.label,
                title,
                run[0].by,
                run[0].at,
                row.version,
                tuple(difference(*texts)),
                is_first=row.before is None,
                is_current=after == dossier.answers.get(row.question),
                may_restore=row.before is not None and row.before != dossier.answers.get(row.question),
            )
        )
        run = []
    return sorted(found, key=lambda item: (item.at, item.version), reverse=True)


def _same_sitting(row: Revision, earlier: Revision) -> bool:
    return row.question == earlier.question and row.by_id == earlier.by_id and row.at - earlier.at <= SITTING


def revision_of(dossier: Written, *, question: str, version: int) -> Revision | None:
    return _of(dossier).filter(question=question, version=version).first()


@dataclass(frozen=True, slots=True)
class LastEdit:
    by: User
    at: datetime


def last_edits(dossier: Written, form: FormView) -> dict[str, LastEdit]:
    """Section code → who changed one of its answers last, and when."""
    changes = last_changes(dossier)
    found: dict[str, LastEdit] = {}
    for section in form.sections:
        rows = [changes[item.code] for item in section.written if item.code in changes]
        if rows:
            last = max(rows, key=lambda row: (row.at, row.version))
            found[section.code] = LastEdit(last.by, last.at)
    return found
