"""The readings of applications: what both calls do is in `eig.evaluation`; here, what an application is."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial

from django.db.models import QuerySet

from candidates.choices import Status
from candidates.models import Application, Review
from candidates.queries.application import applications_listed, live_readings
from eig.accounts.models import User
from eig.evaluation import queries as evaluation
from eig.evaluation.choices import Stage
from eig.evaluation.models import Sheet
from eig.evaluation.queries import ReadingSummary
from eig.promotions.models import Promotion

SUBJECT = "candidates.application"

being_read = partial(evaluation.being_read, Review)
reviews_of = partial(evaluation.reviews_of, Review)
readings_of = partial(evaluation.readings_of, Review)
readers_with_load = partial(evaluation.readers_with_load, Review)
readers_to_choose = partial(evaluation.readers_to_choose, Review)


def is_application_reader(user: User, promotion: Promotion) -> bool:
    return evaluation.is_reader(user, promotion, Stage.APPLICATION_READING)


def applications_apart(promotion: Promotion) -> QuerySet[Application]:
    """Under reading, with two signed sheets that differ by the gap: a third reader is needed."""
    apart = evaluation.dossiers_apart(Review, promotion)
    rows = applications_listed(promotion).filter(pk__in=apart, status=Status.SUBMITTED)
    return rows.annotate(live_readings=live_readings())


def reading_summary(reviews: Sequence[Review], *, gap: int) -> ReadingSummary:
    """Means by criterion, of the readings that count."""
    return evaluation.reading_summary([review for review in reviews if review.counts], gap=gap)


def marks_kept(applications: QuerySet[Application]) -> Mapping[int, Fraction]:
    """Criterion → mean of the readings that count of these applications: what the others are told beside."""
    counted = Review.objects.filter(Review.KIND.counted, application__in=applications)
    return evaluation.criterion_means(Sheet.objects.filter(pk__in=counted.values("sheet")))
