"""Auditions on paper: who is proposed, when, with which score."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from eig.meetings.rules import slot_times
from matching.interviews.rules import (
    OpenSlot,
    Unplaced,
    audition_score,
    competition_ranks,
    first_fit,
    mean_of_score,
)

NINE = datetime(2026, 6, 7, 9, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def test_slots_fill_the_hours_and_never_overflow() -> None:
    times = slot_times(NINE, at(100), minutes=30, pause=5)
    assert times == [(at(0), at(30)), (at(35), at(65)), (at(70), at(100))]
    assert slot_times(NINE, at(29), minutes=30) == []


def test_the_score_waits_for_every_card() -> None:
    assert audition_score([]) is None
    assert audition_score([18, None]) is None
    assert audition_score([18, 21]) == 39 * 30
    assert mean_of_score(39 * 30, weight=6) == Fraction(39, 12)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6), st.data())
def test_a_better_mark_never_hurts_and_the_order_of_jurors_is_nothing(
    totals: list[int], data: st.DataObject
) -> None:
    score = audition_score(totals)
    assert audition_score(data.draw(st.permutations(totals))) == score
    one = data.draw(st.integers(0, len(totals) - 1))
    better = [total + (place == one) for place, total in enumerate(totals)]
    assert score is not None
    assert (audition_score(better) or 0) > score


@given(st.lists(st.integers(0, 5), min_size=1, max_size=4), st.integers(1, 6))
def test_juries_of_any_size_with_the_same_mean_tie_exactly(marks: list[int], size: int) -> None:
    one = audition_score([sum(marks)])
    assert audition_score([sum(marks)] * size) == one


def test_equal_scores_share_their_rank() -> None:
    assert competition_ranks([9, 7, 7, 3]) == [1, 2, 2, 4]


@given(
    auditions=st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3)), max_size=14),
    panels=st.integers(1, 3),
    length=st.integers(1, 5),
    barred=st.sets(st.tuples(st.integers(1, 3), st.integers(1, 5)), max_size=5),
)
def test_a_placement_respects_everything(
    auditions: list[tuple[int, int]], panels: int, length: int, barred: set[tuple[int, int]]
) -> None:
    slots = [
        OpenSlot(100 * panel + rank, panel, at(30 * rank), at(30 * rank + 30))
        for panel in range(1, panels + 1)
        for rank in range(length)
    ]
    items = [Unplaced(number, candidate, project) for number, (candidate, project) in enumerate(auditions)]
    busy = {1: [(at(0), at(30))]}
    placed = first_fit(items, slots, busy=busy, barred=barred, homes={})
    chosen = {slot.slot: slot for slot in slots}
    assert len(set(placed.values())) == len(placed)
    seen: set[tuple[int, datetime]] = {(1, at(0))}
    for item in items:
        if item.audition in placed:
            slot = chosen[placed[item.audition]]
            assert (slot.panel, item.candidate) not in barred
            assert (item.candidate, slot.starts) not in seen
            seen.add((item.candidate, slot.starts))


def test_one_jury_hears_the_candidates_of_a_project() -> None:
    slots = [
        OpenSlot(10 * panel + rank, panel, at(30 * rank), at(30 * rank + 30))
        for panel in (1, 2)
        for rank in range(3)
    ]
    items = [Unplaced(number, number, 7) for number in range(3)]
    placed = first_fit(items, slots, busy={}, barred=set(), homes={7: {2}})
    assert {slot // 10 for slot in placed.values()} == {2}
