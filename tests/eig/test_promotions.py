"""The règlement's arithmetic, and EIG 6 as it is shipped."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from eig.accounts.models import User
from eig.promotions.models import Promotion
from eig.promotions.queries import pay_grid
from eig.promotions.rules import PayGrid, cofinancing, easter, holidays_near, net_monthly_pay, reminder_is_due
from journey.actions.calendar import NotAnExtension, extend_phase
from journey.actions.founding import create_promotion


@pytest.mark.parametrize(("years", "pay"), [(0, 3500), (5, 3500), (6, 4000), (30, 4000)])
def test_five_years_are_included_in_the_first_band(promotion: Promotion, years: int, pay: int) -> None:
    assert net_monthly_pay(years, pay_grid(promotion)) == pay


def test_eig_7_counts_the_threshold_the_other_way_round() -> None:
    grid = PayGrid(threshold_years=10, threshold_inclusive=False, below=4250, above=5000)
    assert [net_monthly_pay(years, grid) for years in (9, 10)] == [4250, 5000]


def test_cofinancing_is_flat(promotion: Promotion) -> None:
    assert cofinancing(3, promotion.cofinancing_per_member) == 60_000


def test_a_reminder_is_due_between_its_hour_and_the_deadline() -> None:
    deadline = datetime(2022, 3, 18, 22, 59, 59, tzinfo=UTC)
    due = [
        reminder_is_due(now=deadline - timedelta(hours=hours), deadline=deadline, hours_before=48)
        for hours in (49, 48, 1, 0)
    ]
    assert due == [False, True, True, False]


def test_eig_6_is_complete(db: None) -> None:
    promotion = create_promotion("eig6", by=None, at=timezone.now())
    assert promotion.phases.count() == 11
    assert {form.kind: form.sections.count() for form in promotion.forms.all()}["project"] == 12
    assert [grid.criteria.count() for grid in promotion.grids.order_by("stage")] == [6, 6, 5]
    assert promotion.trades.filter(opened=True).count() >= 4


def test_shifted_dates_keep_their_hour_in_paris(db: None) -> None:
    """A call that closes at 23:59:59 in winter still does in summer."""
    promotion = create_promotion("eig6", by=None, at=timezone.now(), shift=timedelta(days=100))
    closes = promotion.phases.get(kind="projects").closes_at
    assert timezone.localtime(closes).strftime("%d/%m/%Y %H:%M:%S") == "26/06/2022 23:59:59"


def test_only_a_rehearsal_moves_its_clock(promotion: Promotion) -> None:
    with pytest.raises(IntegrityError, match="only_rehearsals_move_their_clock"), transaction.atomic():
        Promotion.objects.filter(pk=promotion.pk).update(rehearsal_clock=timezone.now())


def test_an_extension_keeps_the_original_date(promotion: Promotion, diane: User) -> None:
    phase = promotion.phases.get(kind="applications")
    before = phase.closes_at
    extend_phase(
        phase, closes_at=before + timedelta(days=7), reason="Jours fériés", by=diane, at=timezone.now()
    )
    phase.refresh_from_db()
    extension = phase.extensions.get()
    assert (phase.closes_at, extension.closed_at_before) == (before + timedelta(days=7), before)
    with pytest.raises(NotAnExtension):
        extend_phase(phase, closes_at=before, reason="Plus tôt", by=diane, at=timezone.now())


@pytest.mark.parametrize(
    ("year", "day"), [(2022, "2022-04-17"), (2024, "2024-03-31"), (2026, "2026-04-05"), (2027, "2027-03-28")]
)
def test_easter_is_where_the_calendar_says(year: int, day: str) -> None:
    assert easter(year).isoformat() == day


def test_a_deadline_on_a_holiday_is_told() -> None:
    assert holidays_near(datetime(2026, 5, 1, 21, 59, tzinfo=UTC)) == [
        "Le 1er\u00a0mai\u00a02026 est férié (fête du Travail)."
    ]
    assert holidays_near(datetime(2026, 11, 24, 22, 59, tzinfo=UTC)) == []
