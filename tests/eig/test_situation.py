"""« Où en est ma candidature ? »: its dates are those of Paris."""

from datetime import UTC, datetime

from eig.promotions.choices import PhaseKind
from eig.promotions.models import Phase, Promotion
from journey.queries.situation import phases_told


def test_a_phase_that_begins_at_midnight_is_told_on_its_own_day(promotion: Promotion) -> None:
    """25 January at 0:00 in Paris is 24 January at 23:00 for a server: the page said the 24th."""
    Phase.objects.filter(promotion=promotion, kind=PhaseKind.MISSION).update(
        opens_at=datetime(2027, 1, 24, 23, tzinfo=UTC),
        closes_at=datetime(2027, 11, 24, 22, 59, 59, tzinfo=UTC),
    )
    told = {phase.kind: dates for phase, dates, _ in phases_told(promotion)}
    assert told[PhaseKind.MISSION] == "du 25\u00a0janvier au 24\u00a0novembre\u00a02027"
