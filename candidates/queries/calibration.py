"""The calibration of a promotion: its dossiers, who has signed, how far apart the marks are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from candidates.choices import Status
from candidates.models import Application, Calibration, Review
from candidates.queries.application import applications_listed
from candidates.rules.calibration import Leaning, Spread, leanings, spreads
from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Criterion
from eig.evaluation.queries import GridView
from eig.evaluation.rules import shown, shown_total
from eig.promotions.models import Promotion


def calibration_of(promotion: Promotion) -> Calibration | None:
    return Calibration.objects.filter(promotion=promotion).first()


def applications_to_calibrate(promotion: Promotion) -> QuerySet[Application]:
    """The applications among which the team picks: handed in, not decided, read by nobody yet."""
    rows = applications_listed(promotion).filter(status=Status.SUBMITTED)
    return rows.exclude(reviews__sheet__status__in=[SheetStatus.SIGNED])


def calibration_reviews(promotion: Promotion) -> QuerySet[Review]:
    """Every live reading of the calibration, with its marks."""
    return (
        Review.objects.filter(application__promotion=promotion, calibration=True)
        .exclude(sheet__status=SheetStatus.RECUSED)
        .select_related("application", "reader", "sheet")
        .prefetch_related("sheet__marks__criterion")
        .order_by("application__calibration_dossier__rank", "pk")
    )


@dataclass(frozen=True, slots=True)
class DossierShown:
    """One calibration dossier: the spread of each criterion, the mean of each reader who signed."""

    application: Application
    spreads: Sequence[tuple[Criterion, Spread, Decimal]]
    means: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class LeaningShown:
    """One reader: how many sheets are signed out of those to sign, and how far from the others."""

    reader: User
    letter: str
    signed: int
    held: int
    gap: Decimal | None

    @property
    def word(self) -> str:
        if self.gap is None:
            return ""
        if abs(self.gap) < Decimal("0.25"):
            return "Comme les autres"
        return "Plus généreux que les autres" if self.gap > 0 else "Plus sévère que les autres"

    @property
    def gap_text(self) -> str:
        if self.gap is None:
            return "–"
        sign = "+" if self.gap > 0 else "−" if self.gap < 0 else ""
        return f"{sign}{str(abs(self.gap)).replace('.', ',')}"


@dataclass(frozen=True, slots=True)
class CalibrationBoard:
    calibration: Calibration
    dossiers: Sequence[DossierShown]
    readers: Sequence[LeaningShown]
    signed: int
    held: int

    @property
    def is_complete(self) -> bool:
        return self.held > 0 and self.signed == self.held


def calibration_board(calibration: Calibration, *, grid: GridView) -> CalibrationBoard:
    """Everything the page of a calibration says, in a fixed number of queries."""
    reviews = list(calibration_reviews(calibration.promotion))
    codes = [criterion.code for criterion in grid.criteria]
    by_dossier: dict[int, dict[int, dict[str, int]]] = {}
    totals: dict[int, dict[int, Decimal]] = {}
    for review in reviews:
        if review.sheet.status != SheetStatus.SIGNED:
            continue
        marks = {mark.criterion.code: mark.value for mark in review.sheet.marks.all()}
        by_dossier.setdefault(review.application_id, {})[review.reader_id] = marks
        mean = shown_total(review.sheet.total, weight=grid.total_weight)
        totals.setdefault(review.application_id, {})[review.reader_id] = mean
    found = {row.reader: row for row in leanings(list(by_dossier.values()), codes)}
    criteria = {criterion.code: criterion for criterion in grid.criteria}
    dossiers = [
        DossierShown(
            link.application,
            [
                (criteria[item.criterion], item, shown(item.mean))
                for item in spreads(by_dossier.get(link.application_id, {}), codes)
            ],
            totals.get(link.application_id, {}),
        )
        for link in calibration.dossiers.select_related("application").order_by("rank")
    ]
    return CalibrationBoard(
        calibration=calibration,
        dossiers=dossiers,
        readers=_readers(reviews, found),
        signed=sum(review.sheet.status == SheetStatus.SIGNED for review in reviews),
        held=len(reviews),
    )


def _readers(reviews: Sequence[Review], found: Mapping[int, Leaning]) -> list[LeaningShown]:
    people = {review.reader_id: review.reader for review in reviews}
    rows = []
    # Letters follow the order of accounts: they tell nothing of the marks.
    for rank, pk in enumerate(sorted(people)):
        mine = [review for review in reviews if review.reader_id == pk]
        gap = shown(found[pk].gap) if pk in found else None
        signed = sum(review.sheet.status == SheetStatus.SIGNED for review in mine)
        rows.append(LeaningShown(people[pk], _letter(rank), signed, len(mine), gap))
    return sorted(rows, key=lambda row: (row.gap is None, row.gap or Decimal(0), row.letter))


def _letter(rank: int) -> str:
    return chr(65 + rank % 26) * (rank // 26 + 1)


def calibrations_left(person: User, promotion: Promotion) -> int:
    """How many calibration dossiers this reader has not signed yet."""
    rows = Review.objects.filter(application__promotion=promotion, reader=person, calibration=True)
    return rows.filter(sheet__status=SheetStatus.DRAFT, application__status=Status.SUBMITTED).count()


def promotions_calibrated(person: User) -> QuerySet[Promotion]:
    """The promotions whose calibration this person reads, the latest first."""
    mine = Review.objects.filter(
        application__promotion=OuterRef("pk"), reader=person, calibration=True
    ).exclude(sheet__status=SheetStatus.RECUSED)
    return Promotion.objects.filter(Exists(mine)).order_by("-number", "-pk")
