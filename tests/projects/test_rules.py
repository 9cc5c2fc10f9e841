"""Paper and pencil: slugs, seats, the distribution of readings, the grid's sentences."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from projects.choices import Status
from projects.models import Project
from projects.rules import (
    NEXT,
    NOW,
    ReaderLoad,
    anchor_nearest,
    distribution,
    free_slug,
    paragraphs,
    seats_refusal,
    slug_of,
    tidy_themes,
)


def test_a_slug_has_no_accent_and_no_apostrophe():
    assert slug_of("L’Œil du préfet : côté cœur !") == "l-oeil-du-prefet-cote-coeur"
    assert slug_of("« ??? »") == "defi"


def test_two_pages_of_the_same_title_have_two_addresses():
    assert free_slug("Rivage", set()) == "rivage"
    assert free_slug("Rivage", {"rivage", "rivage-2"}) == "rivage-3"


@given(st.text(max_size=200))
def test_any_title_gives_an_address(title):
    slug = slug_of(title)
    assert slug
    assert slug == slug_of(slug)
    assert len(slug) <= 100


def test_a_team_has_two_or_three_people():
    assert seats_refusal([1, 1], team_min=2, team_max=3) is None
    assert seats_refusal([2, 1], team_min=2, team_max=3) is None
    assert "1 place" in seats_refusal([1], team_min=2, team_max=3)
    assert "4 places" in seats_refusal([2, 2], team_min=2, team_max=3)


def test_paragraphs_are_cut_at_blank_lines():
    assert paragraphs("Un\ndeux.\r\n\r\n \r\nTrois.") == ["Un deux.", "Trois."]
    assert paragraphs("  ") == []


def test_themes_are_said_once_and_capitalised():
    assert tidy_themes(["santé", " Santé ", "", "mer"]) == ["Santé", "Mer"]


def test_the_sentence_is_the_one_of_the_nearest_mark():
    anchors = {"0": "rien", "1": "peu", "3": "bien", "5": "très bien"}
    assert anchor_nearest(anchors, Fraction(7, 2)) == "bien"
    assert anchor_nearest(anchors, Fraction(4)) == "bien"
    assert anchor_nearest(anchors, Fraction(9, 2)) == "très bien"
    assert anchor_nearest({}, Fraction(3)) == ""


def test_every_state_says_where_it_is_and_what_comes_next():
    assert set(NOW) == set(NEXT) == set(Status.values) == set(Project.LIFECYCLE)


readers = st.integers(1, 6)
projects = st.integers(1, 12)


@given(readers, projects, st.integers(1, 3), st.sets(st.tuples(st.integers(1, 12), st.integers(1, 6))))
def test_nobody_is_given_what_is_barred_nor_twice_the_same(people, count, each, barred):
    loads = [ReaderLoad(reader, 0, 40) for reader in range(1, people + 1)]
    pairs = distribution(dict.fromkeys(range(1, count + 1), each), loads, barred)
    assert len(pairs) == len(set(pairs))
    assert not set(pairs) & barred
    for project in range(1, count + 1):
        free = [reader for reader in range(1, people + 1) if (project, reader) not in barred]
        assert sum(1 for given, _ in pairs if given == project) == min(each, len(free))


@given(readers, projects, st.integers(1, 3))
def test_without_bars_loads_differ_by_one_at_most(people, count, each):
    loads = [ReaderLoad(reader, 0, 40) for reader in range(1, people + 1)]
    pairs = distribution(dict.fromkeys(range(1, count + 1), each), loads, set())
    held = [sum(1 for _, given in pairs if given == reader) for reader in range(1, people + 1)]
    assert max(held) - min(held) <= 1


@given(st.randoms())
def test_the_order_of_the_readers_does_not_matter(random):
    loads = [ReaderLoad(reader, reader % 2, 5) for reader in range(1, 6)]
    wanted = dict.fromkeys(range(1, 8), 2)
    expected = distribution(wanted, loads, {(1, 1)})
    random.shuffle(loads)
    assert distribution(wanted, loads, {(1, 1)}) == expected


def test_a_full_reader_is_left_alone():
    loads = [ReaderLoad(1, 3, 3), ReaderLoad(2, 0, 3)]
    assert distribution({1: 2}, loads, set()) == [(1, 2)]
