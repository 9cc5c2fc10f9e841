"""Who reads which application, what they wrote, what is still to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Q, QuerySet

from candidates.choices import Status
from candidates.models import Application, ApplicationTrade, Review
from candidates.queries.application import applications_listed, live_readings
from candidates.rules import ReaderLoad, readings_lacking
from candidates.rules.selection import Judged
from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.models import Criterion, Reader, Recusal
from eig.evaluation.queries import GridView
from eig.evaluation.rules import mean_mark, needs_third_reader, shown
from eig.french import french
from eig.promotions.models import Promotion

SUBJECT = "candidates.application"


def readings_of(user: User) -> QuerySet[Review]:
    """What this person has to read or has read, what remains first; nothing they stepped aside from."""
    return (
        Review.objects.filter(reader=user)
        .exclude(sheet__status=SheetStatus.RECUSED)
        .select_related("application__promotion", "application__candidate", "sheet__grid", "reader")
        .order_by("sheet__status", "-calibration", "assigned_at", "pk")
    )


def readable_by(reader: User) -> QuerySet[Review]:
    """The readings whose content may be opened: no conflict declared, application still read."""
    return readings_of(reader).filter(cleared_at__isnull=False, application__status=Status.SUBMITTED)


def is_application_reader(user: User, promotion: Promotion) -> bool:
    appointed = Reader.objects.filter(person=user, promotion=promotion)
    return appointed.filter(stage=Stage.APPLICATION_READING).exists()


def promotions_read(user: User) -> list[Promotion]:
    """The promotions whose applications this person reads, latest first."""
    rows = Reader.objects.filter(person=user, stage=Stage.APPLICATION_READING).select_related("promotion")
    return [row.promotion for row in rows.order_by("-promotion__number", "pk")]


def reviews_of(application: Application) -> QuerySet[Review]:
    """Every reading of an application, recused ones too: for staff."""
    return (
        application.reviews.select_related("reader", "sheet")
        .prefetch_related("sheet__marks")
        .order_by("assigned_at", "pk")
    )


def others_signed(review: Review) -> QuerySet[Review]:
    """The other readers' signed sheets; none before mine is signed; a calibration has its own page."""
    others = (
        Review.objects.filter(
            application_id=review.application_id, sheet__status=SheetStatus.SIGNED, calibration=False
        )
        .exclude(pk=review.pk)
        .select_related("sheet")
        .prefetch_related("sheet__marks__criterion")
        .order_by("sheet__signed_at", "pk")
    )
    mine_is_signed = review.sheet.status == SheetStatus.SIGNED and not review.calibration
    return others if mine_is_signed else others.none()


def _means_by_application(promotion: Promotion, *, weight: int) -> Mapping[int, list[Fraction]]:
    rows = (
        Review.objects.filter(application__promotion=promotion, sheet__status=SheetStatus.SIGNED, counts=True)
        .order_by("pk")
        .values_list("application_id", "sheet__total")
    )
    means: dict[int, list[Fraction]] = {}
    for application, total in rows:
        means.setdefault(application, []).append(mean_mark([total or 0], weight=weight))
    return means


def readings_wanted(promotion: Promotion, *, total_weight: int) -> Mapping[int, int]:
    """Application id → readings that it lacks, among those under reading."""
    rows = (
        Application.objects.filter(promotion=promotion, status=Status.SUBMITTED)
        .annotate(live=live_readings())
        .order_by("pk")
        .values_list("pk", "live")
    )
    means = _means_by_application(promotion, weight=total_weight)
    return {
        application: readings_lacking(
            required=promotion.readers_per_application,
            live=live,
            means=means.get(application, []),
            gap=promotion.third_reader_gap,
        )
        for application, live in rows
    }


def applications_apart(promotion: Promotion, *, total_weight: int) -> QuerySet[Application]:
    """Under reading, with two signed sheets that differ by the gap: a third reader is needed."""
    means = _means_by_application(promotion, weight=total_weight)
    apart = [
        application
        for application, values in means.items()
        if needs_third_reader(values, gap=promotion.third_reader_gap)
    ]
    rows = applications_listed(promotion).filter(pk__in=apart, status=Status.SUBMITTED)
    return rows.annotate(live_readings=live_readings())


@dataclass(frozen=True, slots=True)
class ReadingBoard:
    """Everything a distribution needs to know."""

    loads: Sequence[ReaderLoad]
    barred: frozenset[tuple[int, int]]
    trades: Mapping[int, frozenset[int]]


def reading_board(promotion: Promotion) -> ReadingBoard:
    """Loads of the readers, (application, reader) pairs not to make, trades of each application."""
    readers = (
        Reader.objects.filter(promotion=promotion, stage=Stage.APPLICATION_READING, person__is_active=True)
        .prefetch_related("trades")
        .order_by("pk")
    )
    reviews = list(
        Review.objects.filter(application__promotion=promotion, counts=True)
        .order_by("pk")
        .values_list("application_id", "reader_id", "sheet__status", "calibration")
    )
    held: dict[int, int] = {}
    for _, reader, status, is_calibration in reviews:
        if status != SheetStatus.RECUSED and not is_calibration:
            held[reader] = held.get(reader, 0) + 1
    trades: dict[int, set[int]] = {}
    links = ApplicationTrade.objects.filter(application__promotion=promotion).order_by("pk")
    for application, trade in links.values_list("application_id", "trade_id"):
        trades.setdefault(application, set()).add(trade)
    recusals = Recusal.objects.filter(promotion=promotion, subject_type=SUBJECT).order_by("pk")
    return ReadingBoard(
        loads=[
            ReaderLoad(
                reader=row.person_id,
                held=held.get(row.person_id, 0),
                cap=row.cap,
                trades=frozenset(trade.pk for trade in row.trades.all()),
            )
            for row in readers
        ],
        barred=frozenset((application, reader) for application, reader, *_ in reviews)
        | frozenset(recusals.values_list("subject_id", "person_id")),
        trades={application: frozenset(codes) for application, codes in trades.items()},
    )


@dataclass(frozen=True, slots=True)
class LoadedReader:
    """A reader of applications: what they may hold, what they hold, what they have signed."""

    person: User
    cap: int
    held: int
    signed: int
    trades: Sequence[str]


def readers_with_load(promotion: Promotion) -> list[LoadedReader]:
    """Every reader of applications, by name."""
    mine = Q(
        person__application_reviews__application__promotion=promotion,
        person__application_reviews__calibration=False,
    )
    live = mine & ~Q(person__application_reviews__sheet__status=SheetStatus.RECUSED)
    signed = mine & Q(person__application_reviews__sheet__status=SheetStatus.SIGNED)
    rows = (
        Reader.objects.filter(promotion=promotion, stage=Stage.APPLICATION_READING)
        .select_related("person")
        .prefetch_related("trades")
        .annotate(
            held=Count("person__application_reviews", filter=live, distinct=True),
            signed=Count("person__application_reviews", filter=signed, distinct=True),
        )
        .order_by(french("person__last_name"), french("person__first_name"), "pk")
    )
    return [
        LoadedReader(row.person, row.cap, row.held, row.signed, [trade.label for trade in row.trades.all()])
        for row in rows
    ]


def readers_to_choose(application: Application) -> list[LoadedReader]:
    """Readers who may still be given this application by hand, the least loaded first."""
    recusals = Recusal.objects.filter(subject_type=SUBJECT, subject_id=application.pk)
    taken = application.reviews.filter(counts=True).order_by().values_list("reader_id", flat=True)
    barred = {application.candidate_id, *taken.union(recusals.order_by().values_list("person_id", flat=True))}
    able = [row for row in readers_with_load(application.promotion) if row.person.pk not in barred]
    return sorted(able, key=lambda row: row.held)


@dataclass(frozen=True, slots=True)
class CriterionSummary:
    criterion: Criterion
    mean: Decimal
    marks: Sequence[int]


@dataclass(frozen=True, slots=True)
class ReadingSummary:
    """The signed readings of one application, criterion by criterion."""

    criteria: Sequence[CriterionSummary]
    mean: Decimal | None
    needs_third: bool


def reading_summary(reviews: Sequence[Review], *, grid: GridView, gap: int) -> ReadingSummary:
    """From the reviews of one application (with their marks) to means by criterion."""
    marks = _marks_by_criterion(reviews)
    totals = [review.sheet.total or 0 for review in reviews if _is_counted(review)]
    means = [mean_mark([total], weight=grid.total_weight) for total in totals]
    return ReadingSummary(
        criteria=[
            CriterionSummary(criterion, shown(mean_mark(marks[criterion.pk], weight=1)), marks[criterion.pk])
            for criterion in grid.criteria
            if criterion.pk in marks
        ],
        mean=shown(mean_mark(totals, weight=grid.total_weight)) if totals else None,
        needs_third=needs_third_reader(means, gap=gap),
    )


def _is_counted(review: Review) -> bool:
    return review.counts and review.sheet.status == SheetStatus.SIGNED


def _marks_by_criterion(reviews: Sequence[Review]) -> dict[int, list[int]]:
    marks: dict[int, list[int]] = {}
    for review in reviews:
        if not _is_counted(review):
            continue
        for mark in review.sheet.marks.all():
            marks.setdefault(mark.criterion_id, []).append(mark.value)
    return marks


def judged(reviews: Sequence[Review], *, grid: GridView) -> list[Judged]:
    """The means of one application's signed readings, as the reason's rule takes them."""
    marks = _marks_by_criterion(reviews)
    return [
        Judged(criterion.label, criterion.anchors, mean_mark(marks[criterion.pk], weight=1))
        for criterion in grid.criteria
        if criterion.pk in marks
    ]
