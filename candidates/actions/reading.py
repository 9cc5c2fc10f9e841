"""Hand applications to readers, keep their marks, sign, step aside."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from candidates.choices import Status
from candidates.models import Application, Review
from candidates.queries.reading import SUBJECT, reading_board, readings_wanted
from candidates.rules import Distribution, distribution
from eig.accounts.models import User
from eig.evaluation.actions import declare_recusal, recuse_sheet, save_marks, sign_sheet
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.models import Reader, Sheet
from eig.evaluation.queries import grid_of
from eig.evaluation.rules import mean_mark, scaled_score
from eig.journal.actions import entry, record_all
from eig.journal.actions import record as journal
from eig.promotions.models import Promotion

MOST_READERS = 6
# A place taken from the queue is the reader’s for so long, then for good once a mark is kept.
HOLD = timedelta(minutes=30)


class NotAReader(Exception):
    """Only appointed readers are handed applications."""


class ReaderBarred(Exception):
    """The person may not read this application: recusal, already a reader of it, or no room left."""


class ConflictNotDeclared(Exception):
    """The content opens once the reader has said they have no conflict of interest."""


class ReadingOver(Exception):
    """The application is no longer read."""


class CommentMissing(Exception):
    """A severe sheet must be explained."""


def _locked(application_id: int) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("promotion", "candidate")
    # Nothing here reads the answers, which are long.
    return rows.defer("answers").get(pk=application_id)


@transaction.atomic
def assign_reader(
    application: Application,
    *,
    reader: User,
    by: User | None,
    at: datetime,
    held_until: datetime | None = None,
) -> Review:
    """Hand an application to a reader, with a blank sheet; for good, or until `held_until`.

    Raises NotAReader, ReaderBarred, ReadingOver.
    """
    User.objects.select_for_update().get(pk=reader.pk)
    appointed = Reader.objects.filter(
        promotion_id=application.promotion_id, person=reader, stage=Stage.APPLICATION_READING
    )
    if not appointed.exists():
        raise NotAReader(f"{reader} n’est pas nommé pour lire les candidatures de cette promotion.")
    locked = _locked(application.pk)
    if locked.status != Status.SUBMITTED:
        raise ReadingOver("Seule une candidature déposée, et pas encore décidée, se donne à lire.")
    if locked.candidate_id == reader.pk:
        raise ReaderBarred("Personne ne lit sa propre candidature.")
    if (
        locked.reviews.filter(calibration=False).exclude(sheet__status=SheetStatus.RECUSED).count()
        >= MOST_READERS
    ):
        raise ReaderBarred(f"Cette candidature a déjà {MOST_READERS} lectures.")
    grid = grid_of(locked.promotion_id, Stage.APPLICATION_READING).grid
    try:
        with transaction.atomic():
            sheet = Sheet.objects.create(grid=grid, evaluator=reader, created_at=at)
            review = Review.objects.create(
                application=locked, reader=reader, sheet=sheet, assigned_at=at, held_until=held_until
            )
    except IntegrityError as error:
        # Either already a reader of it, or recused: the trigger sees the second.
        raise ReaderBarred(f"{reader} lit déjà cette candidature, ou s’en est déporté.") from error
    journal("assign_reader", locked, by=by, at=at, reader=reader.pk)
    return review


@transaction.atomic
def distribute_readings(promotion: Promotion, *, by: User | None, at: datetime) -> Distribution:
    """Hand out the readings that are missing, evenly, within caps, trades and recusals.

    Third readings are part of it. Returns the pairs made and what nobody could take.
    """
    Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk)
    grid = grid_of(promotion, Stage.APPLICATION_READING)
    wanted = readings_wanted(promotion, total_weight=grid.total_weight)
    board = reading_board(promotion)
    made = distribution(wanted, trades=board.trades, loads=board.loads, barred=board.barred)
    # Persons, then applications, as everywhere: a recusal or a withdrawal under way is waited for.
    people = sorted({reader for _, reader in made.pairs})
    list(User.objects.select_for_update().filter(pk__in=people).order_by("pk"))
    asked = sorted({application for application, _ in made.pairs})
    rows = Application.objects.select_for_update().filter(pk__in=asked, status=Status.SUBMITTED)
    open_now = {row.pk: row for row in rows.order_by("pk")}
    pairs = [(open_now[application], reader) for application, reader in made.pairs if application in open_now]
    _add_reviews(pairs, grid_id=grid.grid.pk, by=by, at=at)
    return Distribution(tuple((row.pk, reader) for row, reader in pairs), made.unmet)


def _add_reviews(
    pairs: Sequence[tuple[Application, int]], *, grid_id: int, by: User | None, at: datetime
) -> None:
    sheets = Sheet.objects.bulk_create(
        Sheet(grid_id=grid_id, evaluator_id=reader, created_at=at) for _, reader in pairs
    )
    Review.objects.bulk_create(
        Review(application=application, reader_id=reader, sheet=sheet, assigned_at=at)
        for (application, reader), sheet in zip(pairs, sheets, strict=True)
    )
    record_all(
        entry("assign_reader", application, by=by, at=at, reader=reader) for application, reader in pairs
    )


@transaction.atomic
def declare_no_conflict(review: Review, *, by: User, at: datetime) -> None:
    """The reader says they have no conflict of interest: the dossier opens. Raises ReaderBarred."""
    if review.reader_id != by.pk:
        raise ReaderBarred("Cette lecture est confiée à une autre personne.")
    declared = Review.objects.filter(pk=review.pk, cleared_at__isnull=True).update(cleared_at=at)
    review.cleared_at = review.cleared_at or at
    if declared:
        if review.held_until is not None:
            Review.objects.filter(pk=review.pk).update(held_until=at + HOLD)
        journal("declare_no_conflict", review.application, by=by, at=at)


def _refuse_closed(review: Review) -> None:
    if review.cleared_at is None:
        raise ConflictNotDeclared("Dites d’abord si vous avez un conflit d’intérêts avec cette candidature.")
    if not Application.objects.filter(pk=review.application_id, status=Status.SUBMITTED).exists():
        raise ReadingOver("Cette candidature n’est plus en lecture.")


@transaction.atomic
def save_review(
    review: Review,
    *,
    by: User,
    at: datetime,
    marks: Mapping[str, int],
    appreciations: Mapping[str, str] | None = None,
    comment: str = "",
    verdict: str = "",
    favourite: bool = False,
) -> None:
    """Keep marks so far. Raises ConflictNotDeclared, ReadingOver, SheetClosed, MarksMissing."""
    _refuse_closed(review)
    # Locked: a place that is being given back is either gone, or waits for this mark and stays.
    if not Sheet.objects.select_for_update().filter(pk=review.sheet_id).values_list("pk"):
        raise ReadingOver("Votre demi-heure est passée sans note enregistrée : cette place a été rendue.")
    # A mark is kept: the place is the reader's for good.
    Review.objects.filter(pk=review.pk, held_until__isnull=False).update(held_until=None)
    save_marks(
        review.sheet,
        by=by,
        at=at,
        marks=marks,
        appreciations=appreciations,
        comment=comment,
        verdict=verdict,
        favourite=favourite,
    )


@transaction.atomic
def sign_review(
    review: Review,
    *,
    by: User,
    at: datetime,
    marks: Mapping[str, int] | None = None,
    appreciations: Mapping[str, str] | None = None,
    comment: str = "",
    verdict: str = "",
    favourite: bool = False,
) -> None:
    """Sign the sheet, with these marks if given; the application's score follows.

    Raises ConflictNotDeclared, ReadingOver, CommentMissing, MarksMissing, SheetClosed.
    """
    # The person first, as a recusal under way does.
    list(User.objects.select_for_update().filter(pk=by.pk).values_list("pk"))
    application = _locked(review.application_id)
    if marks is not None:
        save_review(
            review,
            by=by,
            at=at,
            marks=marks,
            appreciations=appreciations,
            comment=comment,
            verdict=verdict,
            favourite=favourite,
        )
    _refuse_closed(review)
    total = sign_sheet(review.sheet, by=by, at=at)
    grid = grid_of(application.promotion_id, Stage.APPLICATION_READING)
    floor = grid.grid.comment_required_below
    severe = floor is not None and mean_mark([total], weight=grid.total_weight) < floor
    if severe and not review.sheet.comment.strip():
        raise CommentMissing(
            f"La moyenne est inférieure à {floor} : "
            "expliquez-la en quelques mots dans l’appréciation générale."
        )
    _rescore(application)


def _rescore(application: Application) -> None:
    signed = Sheet.objects.filter(
        application_review__application=application,
        application_review__counts=True,
        status=SheetStatus.SIGNED,
    )
    totals = [total for total in signed.values_list("total", flat=True) if total is not None]
    Application.objects.filter(pk=application.pk).update(
        reviews_signed=len(totals), score=scaled_score(totals) if totals else None
    )


@transaction.atomic
def recuse_reader(application: Application, *, person: User, reason: str, by: User, at: datetime) -> None:
    """Record that a person steps aside from an application; their sheet no longer counts.

    Lock order: the person, then the application, as in `assign_reader`.
    """
    User.objects.select_for_update().get(pk=person.pk)
    locked = _locked(application.pk)
    reviews = list(
        Review.objects.select_related("sheet").filter(application=locked, reader=person).order_by("pk")
    )
    for review in reviews:
        recuse_sheet(review.sheet, by=by, at=at)
    if reviews:
        _rescore(locked)
    declare_recusal(
        person,
        promotion=locked.promotion,
        subject_type=SUBJECT,
        subject_id=locked.pk,
        reason=reason.strip()[:300] or "Motif non précisé",
        by=by,
        at=at,
    )
