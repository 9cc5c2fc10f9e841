"""The readings of applications: what both calls do is in `eig.evaluation`; here, what an application is.

Theirs alone: a reader takes nothing from the queue before the calibration is signed.
"""

from datetime import datetime
from functools import partial

from candidates.actions.calibration import join_calibration
from candidates.models import Review
from candidates.queries.calibration import calibrations_left
from candidates.queries.reading import is_application_reader
from candidates.queries.ties import reader_ties
from eig.accounts.models import User
from eig.evaluation import actions as evaluation
from eig.evaluation.actions import NothingLeft
from eig.juries import actions as juries
from eig.promotions.models import Promotion

assign_reader = partial(evaluation.assign_reader, Review)
recuse_reader = partial(evaluation.recuse_reader, Review)
hand_out_readings = partial(evaluation.hand_out_readings, Review, ties=reader_ties)
dismiss_reader = partial(juries.dismiss_reader, Review)


class CalibrationFirst(NothingLeft):
    """The dossiers of the calibration are read before any other is taken."""


def take_next(promotion: Promotion, *, by: User, at: datetime) -> Review:
    """Give a reader one more application, as `eig.evaluation` says, the calibration once signed.

    Raises NotAReader, NothingLeft, CalibrationFirst, ReaderBarred.
    """
    if is_application_reader(by, promotion):
        join_calibration(by, promotion=promotion, at=at)
        if calibrations_left(by, promotion):
            raise CalibrationFirst(
                "Signez d’abord vos lectures de calibrage : elles sont en tête de votre liste."
            )
    return evaluation.take_next(Review, promotion, ties=reader_ties, by=by, at=at)
