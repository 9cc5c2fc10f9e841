"""The gate: open or closed is judged by the database's clock, inside the deed's transaction."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from eig.design.moments import MomentField
from eig.french.dates import deadline
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import PhaseNotOpen, closing_gate, open_gate, opened_gate
from eig.promotions.models import Phase, Promotion
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


# As the team types them, and as people read them: nights when clocks change, ends of months and years.
CLOSINGS = {
    "2027-03-27T23:59": "27 mars 2027 à 23 h 59",
    "2027-03-28T00:00": "28 mars 2027 à 0 h",
    "2027-03-28T01:59": "28 mars 2027 à 1 h 59",
    "2027-03-28T03:00": "28 mars 2027 à 3 h",
    "2027-03-28T23:59": "28 mars 2027 à 23 h 59",
    "2027-03-29T00:00": "29 mars 2027 à 0 h",
    "2026-10-24T23:59": "24 octobre 2026 à 23 h 59",
    "2026-10-25T00:00": "25 octobre 2026 à 0 h",
    "2026-10-25T01:59": "25 octobre 2026 à 1 h 59",
    "2026-10-25T03:00": "25 octobre 2026 à 3 h",
    "2026-10-25T23:59": "25 octobre 2026 à 23 h 59",
    "2026-10-26T00:00": "26 octobre 2026 à 0 h",
    "2026-12-31T23:59": "31 décembre 2026 à 23 h 59",
    "2027-01-01T00:00": "1er janvier 2027 à 0 h",
    "2028-02-29T12:00": "29 février 2028 à 12 h",
    "2028-03-01T00:00": "1er mars 2028 à 0 h",
    "2027-07-14T17:05": "14 juillet 2027 à 17 h 05",
    "2027-08-01T09:30": "1er août 2027 à 9 h 30",
    "2027-05-01T22:00": "1er mai 2027 à 22 h",
    "2027-11-30T23:00": "30 novembre 2027 à 23 h",
}


@pytest.mark.parametrize("typed", CLOSINGS)
def test_the_closing_that_is_read_is_the_one_that_applies(promotion: Promotion, typed: str) -> None:
    closes = MomentField().clean(typed)
    closed = phase(promotion, "applications", opens=closes - timedelta(days=40), closes=closes)
    assert CLOSINGS[typed] in deadline(closed.closes_at).replace("\u00a0", " ")
    for clock, is_open in ((closes, True), (closes + timedelta(microseconds=1), False)):
        Promotion.objects.filter(pk=promotion.pk).update(is_rehearsal=True, rehearsal_clock=clock)
        if is_open:
            assert open_gate(promotion, PhaseKind.APPLICATIONS).now == closes
        else:
            with pytest.raises(PhaseNotOpen) as refusal:
                open_gate(promotion, PhaseKind.APPLICATIONS)
            assert CLOSINGS[typed] in str(refusal.value).replace("\u00a0", " ")


def test_what_may_come_after_the_opening_waits_for_it(promotion: Promotion) -> None:
    now = timezone.now()
    phase(promotion, "reveal", opens=now - timedelta(days=2), closes=now - timedelta(days=1))
    assert opened_gate(promotion, PhaseKind.REVEAL).phase.kind == "reveal"
    phase(promotion, "reveal", opens=now + timedelta(hours=1), closes=now + timedelta(hours=2))
    with pytest.raises(PhaseNotOpen):
        opened_gate(promotion, PhaseKind.REVEAL)


@pytest.mark.django_db(transaction=True)
def waiting() -> int:
    """How many wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return int(cursor.fetchone()[0])


def test_whoever_comes_after_the_closing_does_not_go_before_it(promotion_committed: Promotion) -> None:
    """Else, in the last minute of a call, it could neither be closed nor be prolonged."""
    told: list[str] = []

    def close() -> None:
        with transaction.atomic():
            gate = closing_gate(promotion_committed, PhaseKind.APPLICATIONS)
            Phase.objects.filter(pk=gate.phase.pk).update(closed_at=gate.now)
            told.append("closed")
        connection.close()

    def come() -> None:
        try:
            with transaction.atomic():
                open_gate(promotion_committed, PhaseKind.APPLICATIONS)
            told.append("in")
        except PhaseNotOpen:
            told.append("too late")
        finally:
            connection.close()

    threads = [threading.Thread(target=deed) for deed in (close, come)]
    with transaction.atomic():
        open_gate(promotion_committed, PhaseKind.APPLICATIONS)
        for rank, thread in enumerate(threads, start=1):
            thread.start()
            while waiting() < rank and not told:
                time.sleep(0.01)
    for thread in threads:
        thread.join()
    assert told == ["closed", "too late"]


def test_a_gate_belongs_to_a_transaction(promotion_committed: Promotion) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        open_gate(promotion_committed, PhaseKind.PROJECTS)
