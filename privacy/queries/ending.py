"""What comes to the end of its time: each clock, for each promotion, on a given day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localtime, make_aware

from eig.accounts.models import User
from eig.personal import Clock
from eig.promotions.models import Promotion
from privacy.models import PurgeNotice, RetentionRule
from privacy.register import clocks
from privacy.rules import NOTICE_DAYS, add_months, last_day_due


@dataclass(frozen=True, slots=True)
class Term:
    """One clock, with the length that a promotion (or the service) gives it, on the day `today`."""

    clock: Clock
    months: int
    today: date
    promotion: Promotion | None = None

    @property
    def promotion_code(self) -> str:
        return self.promotion.code if self.promotion else ""

    def rows(self) -> QuerySet[Any]:
        rows = self.clock.rows()
        return rows.filter(**{self.clock.promotion: self.promotion}) if self.clock.promotion else rows

    def _started_by(self, day: date) -> QuerySet[Any]:
        last = last_day_due(day, self.months)
        midnight = make_aware(datetime.combine(last + timedelta(days=1), time()))
        return self.rows().filter(clock_started_at__lt=midnight)

    def due(self) -> QuerySet[Any]:
        """Those whose day has come; when people are warned, at least thirty days after they were."""
        rows = self._started_by(self.today)
        if not self.clock.person:
            return rows.order_by("pk")
        told = PurgeNotice.objects.filter(
            clock=self.clock.code,
            record_type=rows.model._meta.label_lower,
            record_id=OuterRef("pk"),
            started_on=OuterRef("clock_started_at__date"),
            told_on__lte=self.today - timedelta(days=NOTICE_DAYS),
        )
        return rows.filter(Exists(told)).order_by("pk")

    def to_tell(self) -> QuerySet[Any]:
        """Those whose day comes within thirty days, and who were not told of this one."""
        rows = self._started_by(self.today + timedelta(days=NOTICE_DAYS))
        told = PurgeNotice.objects.filter(
            clock=self.clock.code,
            record_type=rows.model._meta.label_lower,
            record_id=OuterRef("pk"),
            started_on=OuterRef("clock_started_at__date"),
        )
        return rows.exclude(Exists(told)).order_by("pk")

    def started_on(self, row: Any) -> date:
        return localtime(row.clock_started_at).date()

    def due_on(self, row: Any) -> date:
        return self.due_of(row.clock_started_at)

    def due_of(self, started_at: datetime) -> date:
        return add_months(localtime(started_at).date(), self.months)

    def person_of(self, row: Any) -> User:
        person = row if self.clock.person == "pk" else getattr(row, self.clock.person)
        assert isinstance(person, User)
        return person


def lengths_of(promotion: Promotion | None) -> dict[str, int]:
    """Months by clock: those of the promotion's rules, else each clock's own."""
    chosen = dict(RetentionRule.objects.filter(promotion=promotion).values_list("clock", "months"))
    return {
        code: chosen.get(code, clock.months)
        for code, clock in clocks().items()
        if bool(clock.promotion) == (promotion is not None)
    }


def terms(*, at: datetime, only: Promotion | None = None) -> Iterator[Term]:
    """Every clock on this day: each promotion's, then the service's unless `only` one promotion is asked."""
    today = localtime(at).date()
    known = clocks()
    promotions = [only] if only else list(Promotion.objects.order_by("pk"))
    for promotion in promotions:
        for code, months in lengths_of(promotion).items():
            yield Term(known[code], months, today, promotion)
    if only is None:
        for code, months in lengths_of(None).items():
            yield Term(known[code], months, today)
