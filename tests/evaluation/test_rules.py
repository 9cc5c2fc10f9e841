"""Paper and pencil: who reads what, which dossier comes next, the grid's sentences."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eig.evaluation.rules import (
    Judged,
    Lacking,
    ReaderLoad,
    anchor_nearest,
    distribution,
    needs_comment,
    next_in_queue,
    readings_lacking,
    written_reason,
)

# Two shared processors: slow is no failure.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

DAWN = datetime(2022, 1, 10, 8, tzinfo=UTC)


def lacking(wanted: dict[int, int], *, trades=None) -> list[Lacking]:
    return [
        Lacking(dossier, count, DAWN, trades=(trades or {}).get(dossier, frozenset()))
        for dossier, count in wanted.items()
    ]


def loads(*caps: int) -> list[ReaderLoad]:
    return [ReaderLoad(reader=100 + rank, held=0, cap=cap) for rank, cap in enumerate(caps)]


def test_the_sentence_is_the_one_of_the_nearest_mark():
    anchors = {"0": "rien", "1": "peu", "3": "bien", "5": "très bien"}
    assert anchor_nearest(anchors, Fraction(7, 2)) == "bien"
    assert anchor_nearest(anchors, Fraction(4)) == "bien"
    assert anchor_nearest(anchors, Fraction(9, 2)) == "très bien"
    assert anchor_nearest({}, Fraction(3)) == ""


def test_a_severe_sheet_needs_a_comment():
    assert needs_comment(17, weight=6, below=3)
    assert not needs_comment(18, weight=6, below=3)
    assert not needs_comment(0, weight=6, below=None)


def test_a_third_reading_is_wanted_when_two_differ_by_the_gap():
    assert readings_lacking(required=2, live=2, means=[Fraction(4), Fraction(2)], gap=2) == 1
    assert readings_lacking(required=2, live=2, means=[Fraction(4), Fraction(21, 10)], gap=2) == 0
    assert readings_lacking(required=2, live=3, means=[Fraction(4), Fraction(2)], gap=2) == 0
    assert readings_lacking(required=2, live=1, means=[], gap=2) == 1


def test_each_dossier_gets_its_readings_from_different_people():
    made = distribution(lacking({1: 2, 2: 2, 3: 2}), loads(9, 9, 9), barred=())
    assert len(made.pairs) == len(set(made.pairs)) == 6
    assert made.unmet == {}
    held = [sum(1 for _, reader in made.pairs if reader == 100 + rank) for rank in range(3)]
    assert held == [2, 2, 2]


def test_a_cap_is_never_passed_and_what_is_left_is_said():
    made = distribution(lacking({1: 2, 2: 2}), loads(1, 1), barred=())
    assert len(made.pairs) == 2
    assert sum(made.unmet.values()) == 2


def test_a_full_reader_is_left_alone():
    readers = [ReaderLoad(1, 3, 3), ReaderLoad(2, 0, 3)]
    made = distribution(lacking({1: 2}), readers, barred=())
    assert (made.pairs, made.unmet) == (((1, 2),), {1: 1})


def test_a_reader_reads_only_their_trades():
    design, data = frozenset({1}), frozenset({2})
    readers = [ReaderLoad(100, 0, 9, design), ReaderLoad(101, 0, 9, data), ReaderLoad(102, 0, 9)]
    made = distribution(lacking({1: 3}, trades={1: design}), readers, barred=())
    assert {reader for _, reader in made.pairs} == {100, 102}
    assert made.unmet == {1: 1}


def test_recusals_and_existing_readings_are_respected():
    assert distribution(lacking({1: 1}), loads(9, 9), barred={(1, 100)}).pairs == ((1, 101),)


def test_who_has_little_choice_left_is_served_first():
    """The only reader of dossier 2 is not spent on dossier 1, that two may read."""
    made = distribution(lacking({1: 1, 2: 1}), loads(1, 1), barred={(2, 101)})
    assert sorted(made.pairs) == [(1, 101), (2, 100)]


def test_a_reader_who_fills_up_changes_whose_turn_it_is():
    """Reader 100 takes the first dossier and is full: dossier 3, that only 101 may still read, goes first."""
    made = distribution(lacking({1: 1, 2: 1, 3: 1}), loads(1, 1, 1), barred={(1, 101), (1, 102), (3, 102)})
    assert sorted(made.pairs) == [(1, 100), (2, 102), (3, 101)]


@calm
@given(
    st.dictionaries(st.integers(1, 30), st.integers(0, 3), max_size=20),
    st.lists(st.integers(0, 8), min_size=1, max_size=6),
    st.sets(st.tuples(st.integers(1, 30), st.integers(100, 105)), max_size=20),
)
def test_a_distribution_keeps_every_promise(wanted, caps, barred):
    made = distribution(lacking(wanted), loads(*caps), barred=barred)
    assert len(set(made.pairs)) == len(made.pairs)
    assert not set(made.pairs) & barred
    for rank, cap in enumerate(caps):
        assert sum(1 for _, reader in made.pairs if reader == 100 + rank) <= cap
    for dossier, count in wanted.items():
        given_out = sum(1 for pair in made.pairs if pair[0] == dossier)
        assert given_out + made.unmet.get(dossier, 0) == count


@calm
@given(
    st.integers(1, 6),
    st.integers(1, 12),
    st.integers(1, 3),
    st.sets(st.tuples(st.integers(1, 12), st.integers(100, 105))),
)
def test_with_room_every_dossier_gets_all_that_is_not_barred(people, count, each, barred):
    made = distribution(
        lacking(dict.fromkeys(range(1, count + 1), each)), loads(*[40] * people), barred=barred
    )
    for dossier in range(1, count + 1):
        free = [reader for reader in range(100, 100 + people) if (dossier, reader) not in barred]
        assert sum(1 for given, _ in made.pairs if given == dossier) == min(each, len(free))


@calm
@given(st.integers(1, 6), st.integers(1, 12), st.integers(1, 3))
def test_without_bars_loads_differ_by_one_at_most(people, count, each):
    made = distribution(lacking(dict.fromkeys(range(1, count + 1), each)), loads(*[40] * people), barred=())
    held = [sum(1 for _, given in made.pairs if given == 100 + rank) for rank in range(people)]
    assert max(held) - min(held) <= 1


@calm
@given(st.randoms())
def test_the_order_of_readers_and_dossiers_does_not_matter(random):
    readers = [ReaderLoad(reader, reader % 2, 5) for reader in range(1, 6)]
    wanted = lacking(dict.fromkeys(range(1, 8), 2))
    expected = distribution(wanted, readers, barred={(1, 1)})
    random.shuffle(readers)
    random.shuffle(wanted)
    assert distribution(wanted, readers, barred={(1, 1)}) == expected


def calls(readers: int, dossiers: int, trades: int, *, own: int = 0, seed: int = 0):
    """A call of this size: a dossier is of one trade or two; a reader of all, or of `own` of them."""
    draw = Random(seed)
    kinds = range(1, trades + 1)
    mine = [frozenset(draw.sample(kinds, 1 + (draw.random() < 0.3))) for _ in range(dossiers)]
    rows = [Lacking(pk, 2, DAWN, trades=chosen) for pk, chosen in enumerate(mine, start=1)]
    people = [
        ReaderLoad(100 + rank, 0, dossiers, frozenset(draw.sample(kinds, own))) for rank in range(readers)
    ]
    return rows, people


@calm
@given(st.integers(2, 12), st.integers(1, 40), st.integers(2, 3))
def test_readers_are_mixed_until_all_compare(people, count, each):
    """A dossier joins as many circles as it has readers: none is left apart as soon as that suffices."""
    each = min(each, people)
    made = distribution(lacking(dict.fromkeys(range(1, count + 1), each)), loads(*[99] * people), barred=())
    reading = len({reader for _, reader in made.pairs})
    assert sum(map(len, made.apart.values())) == max(reading - 1 - count * (each - 1), 0)


@pytest.mark.parametrize("seed", range(4))
def test_in_a_call_of_this_size_readers_of_every_trade_compare_and_nobody_forms_a_couple(seed):
    """30 readers, 297 dossiers, two readings each; before, each read all twenty with one same person."""
    rows, people = calls(30, 297, 7, seed=seed)
    made = distribution(rows, people, barred=())
    assert made.apart == {}
    assert min(made.companions.values()) >= 12
    held = Counter(reader for _, reader in made.pairs)
    assert max(held.values()) - min(held.values()) <= 1
    together = Counter(frozenset(them) for them in made.readers.values())
    assert max(together.values()) <= 3


def test_readers_who_choose_two_trades_of_seven_still_compare():
    rows, people = calls(30, 297, 7, own=2, seed=0)
    made = distribution(rows, people, barred=())
    assert made.apart == {}
    trades = {person.reader: person.trades for person in people}
    assert all(trades[reader] & rows[dossier - 1].trades for dossier, reader in made.pairs)


def test_who_cannot_be_compared_is_said():
    """Couples are closed within a trade only; those that exist already, the next reading opens."""
    one, two = frozenset({1}), frozenset({2})
    readers = [ReaderLoad(pk, 0, 9, trades) for pk, trades in enumerate((one, one, two, two), start=100)]
    made = distribution(lacking({1: 2, 2: 2}, trades={1: one, 2: two}), readers, barred=())
    assert made.apart == {}
    done = [read(1, 100, 101), read(2, 102, 103)]
    assert distribution(done, loads(9, 9, 9, 9), barred=()).apart == {0: [{102, 103}]}
    more = [*done, read(3, 103, lacks=1)]
    made = distribution(more, loads(9, 9, 9, 9), barred={(3, 103)})
    assert (made.pairs, made.apart) == (((3, 100),), {})


def waiting(dossier: int, count: int, *, signed: int = 0, minutes: int = 0, trades=frozenset()) -> Lacking:
    return Lacking(dossier, count, DAWN + timedelta(minutes=minutes), signed, trades)


def read(dossier: int, *readers: int, lacks: int = 0) -> Lacking:
    return Lacking(dossier, lacks, DAWN, len(readers), readers=frozenset(readers))


@pytest.mark.parametrize(
    ("rows", "barred", "chosen"),
    [
        ([waiting(1, 1), waiting(2, 2)], set(), 2),
        ([waiting(1, 1, signed=1), waiting(2, 1)], set(), 2),
        ([waiting(1, 1, minutes=5), waiting(2, 1)], set(), 2),
        ([waiting(1, 1), waiting(2, 2)], {(2, 7)}, 1),
        ([read(9, 7, 8), read(1, 8, lacks=1), read(2, 5, lacks=1)], set(), 2),
        ([waiting(1, 1), waiting(2, 2)], {(2, 8)}, 2),
        ([waiting(1, 1, trades=frozenset({3})), waiting(2, 2, trades=frozenset({4}))], set(), 1),
        ([waiting(1, 0), waiting(2, 0)], set(), None),
        ([], set(), None),
    ],
    ids=[
        *("lacks most", "least signed", "first come", "barred", "met least", "barred to another", "trade"),
        *("none", "empty"),
    ],
)
def test_which_dossier_comes_next(rows, barred, chosen):
    reader = ReaderLoad(7, 0, 9, frozenset({3}) if any(row.trades for row in rows) else frozenset())
    assert next_in_queue(rows, reader=reader, barred=barred) == chosen


ANCHORS = {"0": "Rien.", "1": "Une idée.", "3": "Un résultat.", "5": "Un exemple à citer."}


def judged(label: str, mean: float, *, kept: float | None = None, weight: int = 1) -> Judged:
    return Judged(label, ANCHORS, Fraction(mean), weight, None if kept is None else Fraction(kept))


def test_a_refusal_begins_with_what_lost_most_beside_those_kept() -> None:
    """The lowest mark is not what decided, where those kept are low too."""
    reason = written_reason(
        [
            judged("Écriture", 1, kept=1.5),
            judged("Initiative", 3, kept=4.5),
            judged("Équipe", 2.5, kept=3.5, weight=2),
            judged("Motivation", 5, kept=4),
        ]
    )
    assert reason == (
        "Ce qui a manqué :\n"
        "– Équipe : un résultat. Pour une note plus haute : « Un exemple à citer. »\n"
        "– Initiative : un résultat. Pour une note plus haute : « Un exemple à citer. »\n\n"
        "Ce qui a convaincu :\n"
        "– Motivation : un exemple à citer."
    )  # fmt: skip


@pytest.mark.parametrize("kept", [None, 4])
def test_without_anybody_better_points_are_counted_from_the_top(kept: float | None) -> None:
    reason = written_reason([judged("Initiative", 4.75, kept=kept), judged("Équipe", 4.5, kept=kept)])
    assert reason.splitlines() == [
        "Ce qui a manqué :",
        "– Équipe : un résultat. Pour une note plus haute : « Un exemple à citer. »",
        "– Initiative : un résultat. Pour une note plus haute : « Un exemple à citer. »",
    ]


@given(
    st.lists(st.fractions(0, 5), min_size=1, max_size=6), st.lists(st.fractions(0, 5), min_size=6, max_size=6)
)
def test_a_refusal_never_pays_a_compliment_alone(means: list[Fraction], kept: list[Fraction]) -> None:
    rows = [Judged(f"C{rank}", ANCHORS, mean, 1, kept[rank]) for rank, mean in enumerate(means)]
    reason = written_reason(rows)
    lacking = reason.partition("Ce qui a convaincu")[0]
    assert reason.startswith("Ce qui a manqué") or all(mean == 5 for mean in means)
    assert all("Pour une note plus haute" in line for line in lacking.splitlines()[1:] if line)


def test_who_is_kept_reads_what_convinced() -> None:
    rows = [judged("Initiative", 1), judged("Équipe", 4), judged("Sans repères", 0)]
    assert written_reason(rows[:2], is_kept=True) == (
        "Ce qui a convaincu :\n– Équipe : un résultat.\n– Initiative : une idée."
    )
    assert written_reason([Judged("Sans repères", {}, Fraction(3))]) == ""
