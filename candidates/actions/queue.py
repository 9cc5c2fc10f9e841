"""The readers' queue: one more application, a place held for half an hour, places given back."""

from datetime import datetime

from django.db import transaction

from candidates.actions.calibration import join_calibration
from candidates.actions.reading import HOLD, NotAReader, assign_reader
from candidates.choices import Status
from candidates.models import Application, Review
from candidates.queries.application import live_readings
from candidates.queries.calibration import calibrations_left
from candidates.queries.reading import is_application_reader, reading_board, readings_wanted
from candidates.rules import distribution
from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.models import Sheet
from eig.evaluation.queries import grid_of
from eig.journal.actions import entry, record_all
from eig.promotions.models import Promotion


class CalibrationFirst(Exception):
    """The dossiers of the calibration are read before any other is taken."""


def hand_out_next(person: User, *, promotion: Promotion, at: datetime) -> Review | None:
    """Give a reader one more application among those that lack readings; None when nothing is left for them.

    The one with the fewest readings comes first. The place is held for half an hour: of two readers who ask
    at the same instant, one gets the last place. Raises NotAReader, CalibrationFirst.
    """
    if not is_application_reader(person, promotion):
        raise NotAReader("Vous n’êtes pas nommé pour lire les candidatures de cette promotion.")
    join_calibration(person, promotion=promotion, at=at)
    if calibrations_left(person, promotion):
        raise CalibrationFirst(
            "Signez d’abord vos lectures de calibrage : elles sont en tête de votre liste."
        )
    return _take_next(person, promotion=promotion, at=at)


@transaction.atomic
def _take_next(person: User, *, promotion: Promotion, at: datetime) -> Review | None:
    Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk)
    release_held(promotion, at=at)
    grid = grid_of(promotion, Stage.APPLICATION_READING)
    wanted = readings_wanted(promotion, total_weight=grid.total_weight)
    board = reading_board(promotion)
    mine = [load for load in board.loads if load.reader == person.pk]
    possible = distribution(
        {application: 1 for application, count in wanted.items() if count},
        trades=board.trades,
        loads=mine,
        barred=board.barred,
    )
    choices = [application for application, _ in possible.pairs]
    rows = Application.objects.filter(pk__in=choices, status=Status.SUBMITTED)
    chosen = rows.annotate(live=live_readings()).order_by("live", "submitted_at", "pk").first()
    if chosen is None:
        return None
    return assign_reader(chosen, reader=person, by=person, at=at, held_until=at + HOLD)


@transaction.atomic
def release_held(promotion: Promotion, *, at: datetime) -> int:
    """Give back the places taken from the queue, whose half hour is over without a mark. Returns how many."""
    over = Review.objects.filter(
        application__promotion=promotion, held_until__lt=at, sheet__saved_at__isnull=True
    ).filter(sheet__status=SheetStatus.DRAFT)
    # The sheets first, as saving does: one that is being saved is left.
    sheets = Sheet.objects.select_for_update(skip_locked=True).filter(application_review__in=over)
    pks = [sheet.pk for sheet in sheets.order_by("pk") if sheet.saved_at is None]
    gone = list(Review.objects.select_related("application").filter(sheet__in=pks).order_by("pk"))
    record_all(
        entry("release_reading", review.application, by=None, at=at, reader=review.reader_id)
        for review in gone
    )
    Review.objects.filter(pk__in=[review.pk for review in gone]).delete()
    Sheet.objects.filter(pk__in=pks).delete()
    return len(gone)
