"""Applications ranked within a trade, raw marks beside adjusted ones; and those on which readers disagree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import Rank

from candidates.choices import Status
from candidates.models import Application, ApplicationTrade
from candidates.queries.application import applications_listed, live_readings
from candidates.queries.columns import Listed, signed_readers
from candidates.queries.listing import COUNTED, spread_of_readings, with_readings
from candidates.rules.severity import Severity, adjusted_mark, ranks
from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus
from eig.evaluation.rules import shown, shown_score, shown_total
from eig.french import french
from eig.promotions.models import Promotion, Trade

RANKED = (Status.SUBMITTED, Status.SHORTLISTED, Status.RESERVED, Status.DECLINED)


def ranked_in(promotion: Promotion, trade: Trade) -> QuerySet[Application]:
    """The applications of a trade that have a mark, ranked by the database: ties share their rank."""
    links = ApplicationTrade.objects.filter(application=OuterRef("pk"), trade=trade)
    rows = (
        applications_listed(promotion)
        .filter(Exists(links), status__in=RANKED, score__isnull=False)
        .annotate(
            rank=Window(Rank(), order_by=F("score").desc()), tied=Window(Count("pk"), partition_by=F("score"))
        )
    )
    return with_readings(rows).order_by("-score", "number", "pk")


def adjusted_ranks(
    promotion: Promotion, trade: Trade, *, severe: Mapping[int, Severity], total_weight: int
) -> Mapping[int, int]:
    """Application id → its rank in the trade if all readers were as severe as one another."""
    rows = (
        Application.objects.filter(
            promotion=promotion, trade_links__trade=trade, status__in=RANKED, score__isnull=False
        )
        .annotate(readers=ArrayAgg("reviews__reader_id", filter=COUNTED, default=[]))
        .order_by("pk")
        .values_list("pk", "score", "readers")
    )
    return ranks(
        (pk, adjusted_mark(score or 0, readers=readers, severities=severe, weight=total_weight))
        for pk, score, readers in rows
    )


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row of the standings."""

    application: Listed
    mark: Decimal | None
    adjusted: Decimal
    adjusted_rank: int | None

    @property
    def is_tied(self) -> bool:
        return bool(self.application.tied > 1)

    @property
    def shift(self) -> str:
        """« + 3 » when the adjustment would bring it three places up."""
        moved = self.application.rank - (self.adjusted_rank or self.application.rank)
        return f"{'+' if moved > 0 else '−'}\u00a0{abs(moved)}" if moved else ""


def ranked_shown(
    rows: Sequence[Listed], *, severe: Mapping[int, Severity], others: Mapping[int, int], total_weight: int
) -> list[Ranked]:
    return [
        Ranked(
            row,
            shown_score(row.score, weight=total_weight),
            shown(
                adjusted_mark(
                    row.score or 0, readers=signed_readers(row), severities=severe, weight=total_weight
                )
            ),
            others.get(row.pk),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class SeverityShown:
    """A reader and their gap, for the explanation under the standings."""

    person: User
    readings: int
    gap: Decimal
    counts: bool


def severities_shown(promotion: Promotion, severe: Mapping[int, Severity]) -> list[SeverityShown]:
    people = User.objects.filter(pk__in=severe).order_by(french("last_name"), french("first_name"), "pk")
    return [
        SeverityShown(
            person, severe[person.pk].readings, shown(severe[person.pk].gap), severe[person.pk].counts
        )
        for person in people
    ]


def applications_in_disagreement(promotion: Promotion, *, total_weight: int) -> QuerySet[Application]:
    """Under reading, two signed sheets apart by the gap of the rule, no third one: widest first."""
    rows = applications_listed(promotion).filter(status=Status.SUBMITTED, reviews_signed=2)
    apart: QuerySet[Any] = rows.annotate(spread=spread_of_readings(), live_readings=live_readings())
    found: QuerySet[Any] = apart.filter(spread__gte=promotion.third_reader_gap * total_weight)
    return with_readings(found.order_by("live_readings", "-spread", "number", "pk"))


@dataclass(frozen=True, slots=True)
class Voice:
    """One reading of a disputed application."""

    person: User
    mark: Decimal | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Dispute:
    application: Application
    gap: Decimal
    voices: Sequence[Voice]
    third: str


def disputes_shown(
    rows: Sequence[Listed], *, total_weight: int, verdicts: Mapping[str, str]
) -> list[Dispute]:
    """Each disputed application: the two marks and verdicts, and who was asked to read it again."""
    found = []
    for row in rows:
        signed = [item for item in row.readings if item.sheet.status == SheetStatus.SIGNED and item.counts]
        asked = [item for item in row.readings if item.sheet.status == SheetStatus.DRAFT]
        voices = [
            Voice(
                item.reader,
                shown_total(item.sheet.total, weight=total_weight),
                verdicts.get(item.sheet.verdict, ""),
            )
            for item in signed
        ]
        third = ", ".join(str(item.reader) for item in asked)
        found.append(Dispute(row, shown_total(row.spread, weight=total_weight), voices, third))
    return found
