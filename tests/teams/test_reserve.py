"""Who comes next in a project's reserve (règlement EIG6, art. 5.7): the score, then the published draw."""

from datetime import UTC, datetime

import pytest

from matching.teams.rules import Next, Waiting, free_places, next_in_reserve
from matching.teams.rules.offer import reserve_deadline


def waiting(number: str, *, score: int, drawn: int, trades: tuple[str, ...] = ("design",)) -> Waiting:
    return Waiting(number=number, trades=trades, score=score, drawn=drawn)


def test_a_higher_score_comes_first_whatever_the_draw() -> None:
    people = [waiting("A1", score=14, drawn=0), waiting("B2", score=15, drawn=7)]
    assert next_in_reserve(people, free={"design": 1}) == Next("B2", "design")


@pytest.mark.parametrize("turned", [False, True])
def test_the_published_draw_parts_those_with_the_same_score(*, turned: bool) -> None:
    """Neither the number of the dossier nor the order in which people are read."""
    people = [
        waiting("A1", score=15, drawn=9),
        waiting("B2", score=15, drawn=4),
        waiting("C3", score=15, drawn=6),
    ]
    assert next_in_reserve(people[::-1] if turned else people, free={"design": 1}) == Next("B2", "design")


def test_who_has_no_free_trade_is_passed_over() -> None:
    people = [waiting("A1", score=15, drawn=0), waiting("B2", score=10, drawn=1, trades=("data",))]
    assert next_in_reserve(people, free={"data": 1, "design": 0}) == Next("B2", "data")


def test_a_person_takes_the_first_of_their_trades_that_is_free() -> None:
    person = waiting("A1", score=15, drawn=0, trades=("design", "data"))
    assert next_in_reserve([person], free={"data": 1, "design": 1}) == Next("A1", "design")
    assert next_in_reserve([person], free={"data": 1}) == Next("A1", "data")


def test_nobody_comes_next_without_a_free_seat() -> None:
    assert next_in_reserve([waiting("A1", score=15, drawn=0)], free={}) is None


def test_a_live_offer_takes_a_seat_of_its_trade_only() -> None:
    assert free_places({"design": 2, "data": 1}, taken=["design", "data"]) == {"design": 1}


def test_the_delay_of_a_late_offer_ends_with_the_reserve() -> None:
    sent, over = datetime(2026, 6, 1, 8, tzinfo=UTC), datetime(2026, 6, 10, 21, 59, 59, tzinfo=UTC)
    fifteen_days = datetime(2026, 6, 16, 21, 59, 59, tzinfo=UTC)
    assert reserve_deadline(sent, days=15, reserve_expires_at=over) == over
    assert reserve_deadline(sent, days=15, reserve_expires_at=None) == fifteen_days
