"""« Où en est ma candidature ? »: its dates are those of Paris."""

from datetime import UTC, datetime

from django.urls import reverse

from eig.promotions.choices import PhaseKind
from eig.promotions.models import Phase, Promotion
from journey.queries.situation import phases_told, situation_after_shortlist
from tests.factories.ranking import shortlisted
from tests.factories.teams import market, published
from tests.people import signed_in


def test_a_phase_that_begins_at_midnight_is_told_on_its_own_day(promotion: Promotion) -> None:
    """25 January at 0:00 in Paris is 24 January at 23:00 for a server: the page said the 24th."""
    Phase.objects.filter(promotion=promotion, kind=PhaseKind.MISSION).update(
        opens_at=datetime(2027, 1, 24, 23, tzinfo=UTC),
        closes_at=datetime(2027, 11, 24, 22, 59, 59, tzinfo=UTC),
    )
    told = {phase.kind: dates for phase, dates, _ in phases_told(promotion)}
    assert told[PhaseKind.MISSION] == "du 25\u00a0janvier au 24\u00a0novembre\u00a02027"


def test_who_was_never_heard_is_told_so_once_results_are_published(promotion: Promotion) -> None:
    """No « dans l’ordre du classement » for somebody whom nobody marked, nor a page that is not there."""
    market(promotion)
    published(promotion)
    silent = shortlisted(promotion)
    told = situation_after_shortlist(silent)
    assert "n’avez pas été entendu·e" in told.following
    assert (told.url, told.over) == ("", True)
    page = signed_in(silent.candidate).get(reverse("journey:application_situation", args=[silent.code]))
    assert "Étape suivante" not in page.text
