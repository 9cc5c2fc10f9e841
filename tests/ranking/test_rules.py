"""What a list is, on paper."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.rules import Wish, certified_content, digest, is_offered, moved, placed, wishes_needed


@pytest.mark.parametrize(
    ("minimum", "offered", "needed"), [(3, 14, 3), (3, 2, 2), (3, 0, 1), (5, 5, 5), (1, 9, 1)]
)
def test_fewer_wishes_are_enough_when_fewer_projects_are_offered(
    minimum: int, offered: int, needed: int
) -> None:
    assert wishes_needed(minimum, offered) == needed


def test_a_project_is_offered_through_one_common_trade() -> None:
    assert is_offered(["design", "droit"], ["droit"])
    assert not is_offered(["design"], ["droit"])
    assert not is_offered([], ["droit"])


@given(order=st.lists(st.integers(), unique=True, min_size=1, max_size=5), data=st.data(), up=st.booleans())
def test_moving_only_swaps_neighbours(order: list[int], data: st.DataObject, up: bool) -> None:
    item = data.draw(st.sampled_from(order))
    after = moved(order, item, up=up)
    assert sorted(after) == sorted(order)
    step = after.index(item) - order.index(item)
    assert step in ({-1, 0} if up else {0, 1})
    if step:
        assert moved(after, item, up=not up) == order


def test_the_digest_changes_with_the_order_the_reasons_and_the_instant() -> None:
    noon = datetime(2026, 5, 15, 12, tzinfo=UTC)

    def fingerprint(wishes: list[Wish], at: datetime = noon, accepts: bool = True) -> str:
        return digest(
            certified_content(application="c", wishes=wishes, accepts_other_project=accepts, certified_at=at)
        )

    ab = [Wish("a"), Wish("b")]
    assert fingerprint(ab) == fingerprint(list(ab))
    different = [
        fingerprint(ab),
        fingerprint(ab[::-1]),
        fingerprint([Wish("a", "pour la mer"), Wish("b")]),
        fingerprint(ab, at=noon.replace(microsecond=1)),
        fingerprint(ab, accepts=False),
    ]
    assert len(set(different)) == len(different)


@pytest.mark.parametrize(
    ("rank", "order"), [(-3, "cab"), (0, "cab"), (1, "cab"), (2, "acb"), (3, "abc"), (9, "abc")]
)
def test_a_rank_outside_the_list_is_its_first_or_its_last(rank: int, order: str) -> None:
    assert placed("abc", "c", rank=rank) == list(order)
