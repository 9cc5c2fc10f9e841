"""The arithmetic of meetings: to the minute, on both sides of each limit."""

from datetime import UTC, datetime, timedelta

import pytest

from eig.meetings.rules import is_bookable, reminder_is_due, seats_to_give

STARTS = datetime(2026, 12, 1, 9, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def test_a_slot_is_booked_an_hour_before_at_the_latest() -> None:
    latest = STARTS - timedelta(hours=1)
    assert is_bookable(STARTS, now=latest)
    assert not is_bookable(STARTS, now=latest + MOMENT)


def test_the_reminder_leaves_from_the_day_before_until_it_starts() -> None:
    due, long_ago = STARTS - timedelta(hours=24), STARTS - timedelta(days=9)
    assert [
        reminder_is_due(STARTS, since=long_ago, now=now)
        for now in (due - MOMENT, due, STARTS - MOMENT, STARTS)
    ] == [False, True, True, False]


def test_whoever_came_within_the_day_was_just_told() -> None:
    due = STARTS - timedelta(hours=24)
    assert reminder_is_due(STARTS, since=due, now=due)
    assert not reminder_is_due(STARTS, since=due + MOMENT, now=STARTS - MOMENT)


@pytest.mark.parametrize(
    ("capacity", "taken", "waiting", "seats"),
    [(30, 28, 5, 2), (30, 28, 1, 1), (30, 31, 5, 0), (30, 30, 5, 0)],
)
def test_the_waiting_list_takes_what_is_free_and_no_more(
    capacity: int, taken: int, waiting: int, seats: int
) -> None:
    assert seats_to_give(capacity, taken, waiting) == seats
