"""The gate: open or closed is judged by the database's clock, inside the deed's transaction."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from eig.promotions.choices import PhaseKind
from eig.promotions.gate import PhaseNotOpen, open_gate, opened_gate
from eig.promotions.models import Promotion
from tests.people import phase


def test_an_open_phase_gives_the_official_instant(promotion: Promotion) -> None:
    before = timezone.now()
    gate = open_gate(promotion, PhaseKind.PROJECTS)
    assert before <= gate.now <= timezone.now()


def test_too_late_says_since_when(promotion: Promotion) -> None:
    closed = phase(promotion, "projects", closes=timezone.now() - timedelta(seconds=1))
    with pytest.raises(PhaseNotOpen, match="est clos depuis le"):
        open_gate(promotion, PhaseKind.PROJECTS)
    assert closed.is_over(timezone.now())


def test_too_early_says_when(promotion: Promotion) -> None:
    phase(promotion, "ranking", opens=timezone.now() + timedelta(days=1))
    with pytest.raises(PhaseNotOpen, match="ouvre le"):
        open_gate(promotion, PhaseKind.RANKING)


def test_the_instant_of_the_opening_is_in(promotion: Promotion) -> None:
    now = timezone.now()
    Promotion.objects.filter(pk=promotion.pk).update(is_rehearsal=True, rehearsal_clock=now)
    phase(promotion, "applications", opens=now)
    assert open_gate(promotion, PhaseKind.APPLICATIONS).now == now
    phase(promotion, "applications", opens=now + timedelta(microseconds=1))
    with pytest.raises(PhaseNotOpen):
        open_gate(promotion, PhaseKind.APPLICATIONS)


def test_the_last_second_is_the_last(promotion: Promotion) -> None:
    now = timezone.now()
    Promotion.objects.filter(pk=promotion.pk).update(is_rehearsal=True, rehearsal_clock=now)
    phase(promotion, "applications", closes=now)
    assert open_gate(promotion, PhaseKind.APPLICATIONS).now == now
    phase(promotion, "applications", closes=now - timedelta(microseconds=1))
    with pytest.raises(PhaseNotOpen):
        open_gate(promotion, PhaseKind.APPLICATIONS)


def test_what_may_come_after_the_opening_waits_for_it(promotion: Promotion) -> None:
    now = timezone.now()
    phase(promotion, "reveal", opens=now - timedelta(days=2), closes=now - timedelta(days=1))
    assert opened_gate(promotion, PhaseKind.REVEAL).phase.kind == "reveal"
    phase(promotion, "reveal", opens=now + timedelta(hours=1), closes=now + timedelta(hours=2))
    with pytest.raises(PhaseNotOpen):
        opened_gate(promotion, PhaseKind.REVEAL)


@pytest.mark.django_db(transaction=True)
def test_a_gate_belongs_to_a_transaction(promotion_committed: Promotion) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        open_gate(promotion_committed, PhaseKind.PROJECTS)
