"""The staff's list of applications: filtered, searched, sorted in the database."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import (
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Concat

from candidates.choices import Status
from candidates.models import Application, ApplicationTrade, Decision, Review
from candidates.queries.application import applications_listed, live_readings
from candidates.queries.duplicate import twins
from eig.evaluation.choices import SheetStatus
from eig.evaluation.rules import COMMON_MULTIPLE
from eig.french import folded, french
from eig.promotions.models import Promotion

NUMBER = (F("number").asc(), F("pk").asc())
ORDERS = {
    "number": ("Ordre d’arrivée", NUMBER),
    "score": ("Note, de la meilleure à la moins bonne", (F("score").desc(nulls_last=True), *NUMBER)),
    "spread": ("Écart entre les lectures", (F("spread").desc(nulls_last=True), *NUMBER)),
    "name": (
        "Nom",
        (french("candidate__last_name").asc(), french("candidate__first_name").asc(), F("pk").asc()),
    ),
    "years": ("Expérience", (F("experience_years").desc(nulls_last=True), *NUMBER)),
    "readings": ("Lectures signées, les moins lues d’abord", (F("reviews_signed").asc(), *NUMBER)),
}
COUNTED = Q(reviews__sheet__status=SheetStatus.SIGNED, reviews__counts=True)


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is asked of the list; what is empty asks for nothing."""

    text: str = ""
    status: str = ""
    trade: str = ""
    expertise: str = ""
    years_from: int | None = None
    years_to: int | None = None
    mark_from: Decimal | None = None
    mark_to: Decimal | None = None
    reader: str = ""
    unread: bool = False
    apart: bool = False
    duplicates: bool = False
    order: str = "number"


def score_from_mark(mark: Decimal, *, weight: int) -> int:
    """A mean on the grid's scale as a score of applications: exact to the second decimal."""
    return int(mark * 100) * COMMON_MULTIPLE * weight // 100


def spread_of_readings() -> Coalesce:
    """How far apart the signed totals are; zero with fewer than two."""
    highest = Max("reviews__sheet__total", filter=COUNTED)
    lowest = Min("reviews__sheet__total", filter=COUNTED)
    return Coalesce(highest - lowest, 0, output_field=IntegerField())


def with_readings(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Each with its readings and its awaited decision: for columns, in two queries whatever the length."""
    reviews = Review.objects.select_related("reader", "sheet").order_by("assigned_at", "pk")
    awaited = Decision.objects.filter(published_at__isnull=True).order_by("pk")
    return rows.prefetch_related(
        Prefetch("reviews", reviews, to_attr="readings"),
        Prefetch("decisions", awaited, to_attr="awaited"),
    )


def applications_filtered(
    promotion: Promotion, criteria: Criteria, *, total_weight: int
) -> QuerySet[Application]:
    """The staff's list, narrowed; every word of `text` is searched in name, address and number."""
    rows = applications_listed(promotion).filter(_plain(promotion, criteria, weight=total_weight))
    if criteria.trade:
        rows = rows.filter(
            Exists(ApplicationTrade.objects.filter(application=OuterRef("pk"), trade__code=criteria.trade))
        )
    if criteria.reader:
        live = Review.objects.filter(application=OuterRef("pk"), reader__code=criteria.reader)
        rows = rows.filter(Exists(live.exclude(sheet__status=SheetStatus.RECUSED)))
    if criteria.duplicates:
        rows = rows.filter(twins(promotion))
    rows = _searched(rows, criteria)
    rows = rows.annotate(live_readings=live_readings(), spread=spread_of_readings())
    if criteria.apart:
        rows = rows.filter(spread__gte=promotion.third_reader_gap * total_weight)
    return rows.order_by(*ORDERS.get(criteria.order, ORDERS["number"])[1])


def _plain(promotion: Promotion, criteria: Criteria, *, weight: int) -> Q:
    found = Q()
    if criteria.status:
        found &= Q(status=criteria.status)
    if criteria.unread:
        found &= Q(status=Status.SUBMITTED, reviews_signed__lt=promotion.readers_per_application)
    if criteria.years_from is not None:
        found &= Q(experience_years__gte=criteria.years_from)
    if criteria.years_to is not None:
        found &= Q(experience_years__lte=criteria.years_to)
    if criteria.mark_from is not None:
        found &= Q(score__gte=score_from_mark(criteria.mark_from, weight=weight))
    if criteria.mark_to is not None:
        found &= Q(score__lte=score_from_mark(criteria.mark_to, weight=weight))
    return found


def _searched(rows: QuerySet[Application], criteria: Criteria) -> QuerySet[Application]:
    if words := folded(criteria.text).split():
        space = Value(" ")
        heap = Concat(
            "candidate__first_name",
            space,
            "candidate__last_name",
            space,
            "candidate__email",
            space,
            "number",
            output_field=TextField(),
        )
        rows = rows.alias(heap=french(heap))
        for word in words:
            rows = rows.filter(heap__contains=word)
    if words := folded(criteria.expertise).split():
        rows = rows.alias(known=french(KT("answers__expertise")))
        for word in words:
            rows = rows.filter(known__contains=word)
    return rows
