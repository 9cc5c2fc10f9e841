"""Hand a dossier to a reader, open it, keep their marks, sign, step aside, take a place back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from eig.accounts.models import User
from eig.dossiers.models import Dossier
from eig.dossiers.queries.revision import type_of
from eig.evaluation import emails
from eig.evaluation.actions.sheet import declare_recusal, recuse_sheet, refuse_changed, save_marks, sign_sheet
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Mark, Reading, Sheet
from eig.evaluation.queries import AnyReading, being_read, grid_of, is_being_read, is_decided, is_reader
from eig.evaluation.rules import scaled_score
from eig.journal.actions import entry, record_all
from eig.journal.actions import record as journal

MOST_READERS = 6


class NotAReader(Exception):
    """Only appointed readers are handed dossiers."""


class ReaderBarred(Exception):
    """The person may not read this dossier: their own, a recusal, already a reader of it, or no room left."""


class ConflictNotDeclared(Exception):
    """The content opens once the reader has said they have no conflict of interest."""


class ReadingOver(Exception):
    """The dossier is no longer read, or no longer by this person."""


class Written(TypedDict, total=False):
    """What a reader writes on a grid; marks and appreciations by the criterion's code."""

    marks: Mapping[str, int]
    appreciations: Mapping[str, str]
    comment: str
    verdict: str
    favourite: bool
    # The fingerprint of the sheet that the page knew.
    seen: str


def _locked(dossier: Dossier) -> Any:
    rows = type(dossier)._default_manager.select_for_update(of=("self",)).select_related("promotion")
    # Nothing here reads the answers, which are long.
    return rows.defer("answers").get(pk=dossier.pk)


@transaction.atomic
def assign_reader(
    model: type[AnyReading],
    dossier: Dossier,
    *,
    reader: User,
    by: User | None,
    at: datetime,
    held_until: datetime | None = None,
) -> AnyReading:
    """Hand a dossier to a reader, with a blank sheet; for good, or until `held_until`.

    Raises NotAReader, ReaderBarred, ReadingOver.
    """
    kind = model.KIND
    User.objects.select_for_update().get(pk=reader.pk)
    if not is_reader(reader, dossier.promotion_id, kind.stage):
        raise NotAReader(f"{reader} n’est pas nommé pour lire {kind.several} de cette promotion.")
    locked = _locked(dossier)
    if not being_read(model).filter(pk=locked.pk).exists():
        raise ReadingOver(kind.readable)
    if type(dossier)._default_manager.filter(pk=locked.pk, **{kind.writer: reader}).exists():
        raise ReaderBarred(kind.own.format(reader=reader))
    given = model._default_manager.filter(kind.regular, **{kind.dossier: locked})
    if given.exclude(sheet__status=SheetStatus.RECUSED).count() >= MOST_READERS:
        raise ReaderBarred(f"{kind.this.capitalize()} a déjà {MOST_READERS} lectures.")
    grid = grid_of(locked.promotion_id, kind.stage).grid
    try:
        with transaction.atomic():
            sheet = Sheet.objects.create(grid=grid, evaluator=reader, created_at=at)
            review = model._default_manager.create(
                **{kind.dossier: locked}, reader=reader, sheet=sheet, assigned_at=at, held_until=held_until
            )
    except IntegrityError as error:
        # Either already a reader of it, or recused: the trigger sees the second.
        raise ReaderBarred(f"{reader} lit déjà {kind.this}, ou s’en est déporté.") from error
    journal("assign_reader", locked, by=by, at=at, reader=reader.pk)
    return review


def add_readings(
    model: type[Reading], pairs: Iterable[tuple[int, int]], *, grid_id: int, at: datetime, **how: Any
) -> None:
    """Many blank sheets at once, for (dossier, reader) pairs looked at under the locks of both."""
    made = list(pairs)
    sheets = Sheet.objects.bulk_create(
        Sheet(grid_id=grid_id, evaluator_id=reader, created_at=at) for _, reader in made
    )
    model._default_manager.bulk_create(
        model(**{f"{model.KIND.dossier}_id": dossier}, reader_id=reader, sheet=sheet, assigned_at=at, **how)
        for (dossier, reader), sheet in zip(made, sheets, strict=True)
    )


def _lost(review: Reading) -> ReadingOver:
    return ReadingOver(
        f"Vous ne lisez plus {review.KIND.this} : "
        "la place n’a pas été ouverte à temps, ou l’équipe l’a reprise."
    )


def _refuse_over(review: Reading) -> None:
    if not is_being_read(review):
        raise ReadingOver(f"{review.KIND.this.capitalize()} n’est plus en lecture.")


@transaction.atomic
def declare_no_conflict(review: Reading, *, by: User, at: datetime) -> None:
    """The reader says they have no conflict of interest: the dossier opens, and the place is firm.

    Raises ReaderBarred, ReadingOver.
    """
    if review.reader_id != by.pk:
        raise ReaderBarred("Cette lecture est confiée à une autre personne.")
    _refuse_over(review)
    rows = type(review)._default_manager.filter(pk=review.pk)
    # Locked: a place that is being given back is either gone, or waits for this and stays.
    held = rows.select_for_update(of=("self",)).first()
    if held is None:
        raise _lost(review)
    if held.cleared_at is None:
        rows.update(cleared_at=at, held_until=None)
        journal("declare_no_conflict", review.dossier, by=by, at=at)
    review.cleared_at, review.held_until = held.cleared_at or at, None


def _refuse_closed(review: Reading) -> None:
    if review.cleared_at is None:
        raise ConflictNotDeclared(
            f"Dites d’abord si vous avez un conflit d’intérêts avec {review.KIND.this}."
        )
    _refuse_over(review)
    if not Sheet.objects.select_for_update().filter(pk=review.sheet_id).values_list("pk"):
        raise _lost(review)


@transaction.atomic
def save_review(review: Reading, *, by: User, at: datetime, **written: Unpack[Written]) -> None:
    """Keep marks so far. Raises ConflictNotDeclared, ReadingOver, SheetClosed, MarksMissing."""
    _refuse_closed(review)
    save_marks(review.sheet, by=by, at=at, **written)


@transaction.atomic
def sign_review(review: Reading, *, by: User, at: datetime, **written: Unpack[Written]) -> None:
    """Sign the sheet, with these marks if given; the dossier's score follows.

    `seen` is the fingerprint of the sheet as it was read again, if it was: no other is signed. Raises
    ConflictNotDeclared, ReadingOver, CommentMissing, MarksMissing, SheetChanged, SheetClosed.
    """
    # The person, then the dossier, as a recusal under way does.
    list(User.objects.select_for_update().filter(pk=by.pk).values_list("pk"))
    dossier = _locked(review.dossier)
    if written.keys() - {"seen"}:
        save_review(review, by=by, at=at, **written)
    else:
        _refuse_closed(review)
        refuse_changed(review.sheet, seen=written.get("seen", ""))
    sign_sheet(review.sheet, by=by, at=at)
    _rescore(type(review), dossier)


def _rescore(model: type[Reading], dossier: Dossier) -> None:
    signed = model._default_manager.filter(
        model.KIND.counted, **{model.KIND.dossier: dossier}, sheet__status=SheetStatus.SIGNED
    )
    totals = [
        total for total in signed.order_by("pk").values_list("sheet__total", flat=True) if total is not None
    ]
    scored: Mapping[str, Any] = {
        "reviews_signed": len(totals),
        "score": scaled_score(totals) if totals else None,
    }
    type(dossier)._default_manager.filter(pk=dossier.pk).update(**scored)


@transaction.atomic
def recuse_reader(
    model: type[Reading], dossier: Dossier, *, person: User, reason: str, by: User, at: datetime
) -> None:
    """Record that a person steps aside from a dossier; their sheet no longer counts. Raises ReasonNeeded.

    Once the dossier is decided upon, what they signed stays in the mark that was decided on, and the team is
    told. Lock order: the person, then the dossier, as in `assign_reader`.
    """
    User.objects.select_for_update().get(pk=person.pk)
    locked = _locked(dossier)
    mine = model._default_manager.filter(reader=person, **{model.KIND.dossier: locked})
    reviews = list(mine.select_related("sheet").order_by("pk"))
    is_over = is_decided(locked)
    settled = [review for review in reviews if is_over and review.sheet.status == SheetStatus.SIGNED]
    for review in reviews:
        if review not in settled:
            recuse_sheet(review.sheet, by=by, at=at)
    if reviews and not is_over:
        _rescore(model, locked)
    declare_recusal(
        person,
        promotion=locked.promotion,
        subject_type=type_of(locked),
        subject_id=locked.pk,
        reason=reason,
        by=by,
        at=at,
    )
    if settled:
        emails.recused_after(model.KIND, locked, person, reason=reason, at=at)


def take_back(
    model: type[AnyReading], readings: QuerySet[AnyReading], *, deed: str, by: User | None, at: datetime
) -> int:
    """Unsigned readings leave their reader, with their sheets; the journal keeps whose they were.

    One that is being opened, saved or signed is waited for, then looked at again. Returns how many left.
    """
    rows = readings.select_for_update(of=("self", "sheet")).select_related(model.KIND.dossier, "sheet")
    gone = list(rows.order_by("pk"))
    sheets = [review.sheet_id for review in gone]
    record_all(entry(deed, review.dossier, by=by, at=at, reader=review.reader_id) for review in gone)
    model._default_manager.filter(pk__in=[review.pk for review in gone]).delete()
    Mark.objects.filter(sheet_id__in=sheets).delete()
    Sheet.objects.filter(pk__in=sheets, status=SheetStatus.DRAFT).delete()
    return len(gone)
