"""Hand projects out to readers, keep their marks, sign, step aside."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from eig.accounts.models import User
from eig.evaluation.actions import declare_recusal, recuse_sheet, save_marks, sign_sheet
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.models import Reader, Sheet
from eig.evaluation.queries import grid_of
from eig.evaluation.rules import mean_mark, scaled_score
from eig.journal.actions import record as journal
from projects.choices import Status
from projects.models import Project, ProjectLead, Review
from projects.queries.reading import SUBJECT

MOST_READERS = 6


class NotAReader(Exception):
    """Only appointed readers are handed projects."""


class ReaderBarred(Exception):
    """The person may not read this project: own project, recusal, or already a reader of it."""


class ConflictNotDeclared(Exception):
    """The content opens once the reader has said they have no conflict of interest."""


class ReadingOver(Exception):
    """The project is no longer read."""


class CommentMissing(Exception):
    """A severe sheet must be explained."""


@transaction.atomic
def assign_reader(project: Project, *, reader: User, by: User | None, at: datetime) -> Review:
    """Hand an eligible project to a reader. Raises NotAReader, ReaderBarred, ReadingOver."""
    User.objects.select_for_update().get(pk=reader.pk)
    if not Reader.objects.filter(
        promotion_id=project.promotion_id, person=reader, stage=Stage.PROJECT_READING
    ).exists():
        raise NotAReader(f"{reader} n’est pas nommé pour lire les projets de cette promotion.")
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if locked.status != Status.ELIGIBLE:
        raise ReadingOver("Seul un projet recevable, et pas encore décidé, se donne à lire.")
    if ProjectLead.objects.filter(project=locked, person=reader).exists():
        raise ReaderBarred(f"{reader} porte ce projet et ne peut pas le lire.")
    live = locked.reviews.exclude(sheet__status=SheetStatus.RECUSED).count()
    if live >= MOST_READERS:
        raise ReaderBarred(f"Ce projet a déjà {MOST_READERS} lectures.")
    sheet = Sheet.objects.create(
        grid=grid_of(locked.promotion_id, Stage.PROJECT_READING).grid, evaluator=reader, created_at=at
    )
    try:
        with transaction.atomic():
            review = Review.objects.create(project=locked, reader=reader, sheet=sheet, assigned_at=at)
    except IntegrityError as error:
        # Either already a reader of it, or recused: the trigger sees the second.
        sheet.delete()
        raise ReaderBarred(f"{reader} lit déjà ce projet, ou s’en est déporté.") from error
    journal("assign_reader", locked, by=by, at=at, reader=reader.pk)
    return review


@transaction.atomic
def declare_no_conflict(review: Review, *, by: User, at: datetime) -> None:
    """The reader says they have no conflict of interest: the dossier opens."""
    if review.reader_id != by.pk:
        raise ReaderBarred("Cette lecture est confiée à une autre personne.")
    declared = Review.objects.filter(pk=review.pk, cleared_at__isnull=True).update(
        cleared_at=at, held_until=None
    )
    review.cleared_at = review.cleared_at or at
    if declared:
        journal("declare_no_conflict", review.project, by=by, at=at)


def _refuse_closed(review: Review) -> None:
    if review.cleared_at is None:
        raise ConflictNotDeclared("Dites d’abord si vous avez un conflit d’intérêts avec ce projet.")
    if Project.objects.get(pk=review.project_id).status != Status.ELIGIBLE:
        raise ReadingOver("Ce projet n’est plus en lecture.")


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
    """Sign the sheet, with these marks if given; the project's score follows.

    Raises ConflictNotDeclared, ReadingOver, CommentMissing, MarksMissing, SheetClosed.
    """
    project = Project.objects.select_for_update(of=("self",)).get(pk=review.project_id)
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
    grid = grid_of(review.sheet.grid.promotion_id, Stage.PROJECT_READING)
    floor = grid.grid.comment_required_below
    if (
        floor is not None
        and mean_mark([total], weight=grid.total_weight) < floor
        and not review.sheet.comment.strip()
    ):
        raise CommentMissing(
            f"La moyenne est inférieure à {floor} : "
            "expliquez-la en quelques mots dans l’appréciation générale."
        )
    _rescore(project)


def _rescore(project: Project) -> None:
    totals = [
        total
        for total in Sheet.objects.filter(
            project_review__project=project, status=SheetStatus.SIGNED
        ).values_list("total", flat=True)
        if total is not None
    ]
    Project.objects.filter(pk=project.pk).update(
        reviews_signed=len(totals), score=scaled_score(totals) if totals else None
    )


@transaction.atomic
def recuse_reader(project: Project, *, person: User, reason: str, by: User, at: datetime) -> None:
    """Record that a person steps aside from a project; their sheet no longer counts.

    Lock order: the person, then the project, as in `assign_reader`.
    """
    User.objects.select_for_update().get(pk=person.pk)
    locked = Project.objects.select_for_update(of=("self",)).select_related("promotion").get(pk=project.pk)
    review = Review.objects.select_related("sheet").filter(project=locked, reader=person).first()
    if review is not None:
        recuse_sheet(review.sheet, by=by, at=at)
        _rescore(locked)
    declare_recusal(
        person,
        promotion=locked.promotion,
        subject_type=SUBJECT,
        subject_id=locked.pk,
        reason=reason,
        by=by,
        at=at,
    )
