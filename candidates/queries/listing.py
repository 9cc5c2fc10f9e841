"""The staff's list of applications: what narrows it, its orders, what its rows are completed with."""

from decimal import Decimal

from django.db.models import Exists, F, IntegerField, Max, Min, OuterRef, Prefetch, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from candidates.choices import Status
from candidates.models import Application, ApplicationTrade, Decision, Review
from candidates.queries.application import applications_listed, live_readings
from candidates.queries.columns import COLUMNS, Lens, lens_of
from candidates.queries.duplicate import twins
from candidates.queries.reading import readers_with_load
from eig.evaluation.choices import SheetStatus
from eig.evaluation.rules import COMMON_MULTIPLE
from eig.listing import filters
from eig.listing.description import Choices, Listing, Look, Rows, by_name, named
from eig.promotions.models import Promotion

LISTED = [item for item in Status.choices if item[0] != Status.DRAFT]
COUNTED = Q(reviews__sheet__status=SheetStatus.SIGNED, reviews__counts=True)
NUMBER = F("number").asc()


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
    awaited = Decision.objects.filter(published_at__isnull=True).select_related("wave").order_by("pk")
    return rows.prefetch_related(
        Prefetch("reviews", reviews, to_attr="readings"), Prefetch("decisions", awaited, to_attr="awaited")
    )


def trades_offered(promotion: Promotion) -> Choices:
    return [(trade.code, trade.label) for trade in promotion.trades.order_by("rank", "pk")]


def _rows(look: Look) -> Rows:
    rows: Rows = applications_listed(look.promotion)
    counted: Rows = rows.annotate(live_readings=live_readings(), spread=spread_of_readings())
    return counted


def _of_trade(rows: Rows, code: str, lens: Lens) -> Rows:
    links = ApplicationTrade.objects.filter(application=OuterRef("pk"), trade__code=code)
    return rows.filter(Exists(links))


def _read_by(rows: Rows, code: str, lens: Lens) -> Rows:
    live = Review.objects.filter(application=OuterRef("pk"), reader__code=code)
    return rows.filter(Exists(live.exclude(sheet__status=SheetStatus.RECUSED)))


def _unread(rows: Rows, value: bool, lens: Lens) -> Rows:
    required = lens.promotion.readers_per_application
    return rows.filter(status=Status.SUBMITTED, reviews_signed__lt=required)


APPLICATIONS = Listing(
    code="candidatures",
    title="Candidatures",
    noun="candidature",
    door="candidates:staff_application_list",
    rows=_rows,
    lens=lambda look: lens_of(look.promotion),
    complete=with_readings,
    columns=COLUMNS,
    brief=("number", "person", "status"),
    orders={
        "number": ("Ordre d’arrivée", [NUMBER]),
        "score": ("Note, de la meilleure à la moins bonne", [F("score").desc(nulls_last=True), NUMBER]),
        "spread": ("Écart entre les lectures", [F("spread").desc(nulls_last=True), NUMBER]),
        "name": ("Nom", by_name("candidate")),
        "years": ("Expérience", [F("experience_years").desc(nulls_last=True), NUMBER]),
        "readings": ("Lectures signées, les moins lues d’abord", [F("reviews_signed").asc(), NUMBER]),
    },
    filters=(
        filters.words("Nom, adresse ou numéro", *named("candidate"), "candidate__email", "number"),
        filters.choice("status", "État", LISTED, "status"),
        filters.choice("trade", "Métier", lambda lens: trades_offered(lens.promotion), _of_trade),
        filters.words("Expertise", KT("answers__expertise"), name="expertise", aside=True),
        filters.choice(
            "reader",
            "Lue par",
            lambda lens: [(str(r.person.code), str(r.person)) for r in readers_with_load(lens.promotion)],
            _read_by,
            blank="Peu importe",
            aside=True,
        ),
        filters.number("years_from", "Expérience, de (ans)", "experience_years__gte"),
        filters.number("years_to", "à (ans)", "experience_years__lte"),
        filters.number(
            "mark_from",
            "Note, de",
            lambda rows, mark, lens: rows.filter(score__gte=score_from_mark(mark, weight=lens.weight)),
            most=20,
            places=2,
        ),
        filters.number(
            "mark_to",
            "à",
            lambda rows, mark, lens: rows.filter(score__lte=score_from_mark(mark, weight=lens.weight)),
            most=20,
            places=2,
        ),
        filters.tick("unread", "Lectures manquantes", _unread),
        filters.tick(
            "apart",
            "Lectures en désaccord",
            lambda rows, value, lens: rows.filter(spread__gte=lens.promotion.third_reader_gap * lens.weight),
        ),
        filters.tick(
            "duplicates", "Doublons possibles", lambda rows, value, lens: rows.filter(twins(lens.promotion))
        ),
    ),
)
