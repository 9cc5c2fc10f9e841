"""Pick the dossiers that every reader scores first, hand them to all, take it back while none is signed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from candidates.choices import Status
from candidates.models import Application, Calibration, CalibrationDossier, Review
from candidates.queries.calibration import calibration_of
from candidates.queries.reading import SUBJECT
from eig.accounts.models import User
from eig.evaluation.actions import add_readings
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.models import Recusal, Sheet
from eig.evaluation.queries import grid_of, readers_of
from eig.journal.actions import record as journal
from eig.promotions.models import Promotion

FEWEST, MOST = 2, 3


class CalibrationRefused(Exception):
    """Two or three dossiers, handed in and not decided, once; taken back only while nobody has signed."""


@transaction.atomic
def open_calibration(
    promotion: Promotion, *, applications: Sequence[Application], counts: bool, by: User, at: datetime
) -> Calibration:
    """Hand the same dossiers to every appointed reader. Raises CalibrationRefused."""
    chosen = sorted({application.pk for application in applications})
    if not FEWEST <= len(chosen) <= MOST:
        raise CalibrationRefused("Choisissez deux ou trois candidatures.")
    rows = list(Application.objects.select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk"))
    if any(row.status != Status.SUBMITTED or row.promotion_id != promotion.pk for row in rows):
        raise CalibrationRefused("Choisissez des candidatures déposées, qui ne sont pas encore décidées.")
    try:
        with transaction.atomic():
            calibration = Calibration.objects.create(
                promotion=promotion, counts=counts, opened_at=at, opened_by=by
            )
    except IntegrityError as error:
        raise CalibrationRefused("Un calibrage est déjà ouvert pour cette promotion.") from error
    CalibrationDossier.objects.bulk_create(
        CalibrationDossier(calibration=calibration, application=row, rank=rank)
        for rank, row in enumerate(rows, start=1)
    )
    people = [reader.person for reader in readers_of(promotion, Stage.APPLICATION_READING)]
    _hand_out(calibration, rows, people, at=at)
    journal("open_calibration", calibration, by=by, at=at, counts=counts, applications=chosen)
    return calibration


def _hand_out(
    calibration: Calibration, applications: Iterable[Application], people: Iterable[User], *, at: datetime
) -> None:
    """A blank sheet for each reader on each dossier, but the recused and those who hold one."""
    grid = grid_of(calibration.promotion_id, Stage.APPLICATION_READING).grid
    rows = list(applications)
    pks = [row.pk for row in rows]
    recusals = Recusal.objects.filter(subject_type=SUBJECT, subject_id__in=pks).order_by()
    held = Review.objects.filter(application__in=pks).order_by()
    # A dossier already handed out for good is not scored twice when the calibration counts.
    held = held if calibration.counts else held.filter(calibration=True)
    barred = set(recusals.values_list("subject_id", "person_id")) | set(
        held.values_list("application_id", "reader_id")
    )
    pairs = [
        (application.pk, person.pk)
        for person in sorted({person.pk: person for person in people}.values(), key=lambda one: one.pk)
        for application in rows
        if (application.pk, person.pk) not in barred and application.candidate_id != person.pk
    ]
    add_readings(Review, pairs, grid_id=grid.pk, at=at, calibration=True, counts=calibration.counts)


@transaction.atomic
def join_calibration(person: User, *, promotion: Promotion, at: datetime) -> None:
    """A reader appointed after the opening gets the same dossiers, as long as they are read."""
    User.objects.select_for_update().get(pk=person.pk)
    calibration = calibration_of(promotion)
    if calibration is None:
        return
    rows = Application.objects.filter(calibration_dossier__calibration=calibration, status=Status.SUBMITTED)
    _hand_out(calibration, rows.order_by("pk"), [person], at=at)


@transaction.atomic
def cancel_calibration(calibration: Calibration, *, by: User, at: datetime) -> None:
    """Take a calibration back, with its blank sheets. Raises CalibrationRefused once one is signed."""
    reviews = Review.objects.select_related("sheet").filter(
        application__calibration_dossier__calibration=calibration, calibration=True
    )
    sheets = list(Sheet.objects.select_for_update().filter(candidates_review__in=reviews).order_by("pk"))
    if any(sheet.status == SheetStatus.SIGNED for sheet in sheets):
        raise CalibrationRefused("Une lecture de calibrage est déjà signée : il ne s’annule plus.")
    journal("cancel_calibration", calibration.promotion, by=by, at=at)
    reviews.delete()
    Sheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).delete()
    calibration.delete()
