"""The shared floor: draw, canonical bytes, staffing rule, both code paths of it."""

import ast
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.stable.canonical import canonical_json, fingerprint
from matching.stable.lottery import draw_key, draw_order, seed_commitment
from matching.stable.proof.hall import Crew
from matching.stable.staffing import Desk, greedy_choice, seat, staff

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("number", "key"),
    [("C-0001", "dc3225552afd51be"), ("C-0002", "e42e9a437b7d5ea2"), ("C-0475", "1e3211fe93227bc7")],
)
def test_the_published_vectors_of_the_draw(number, key):
    assert draw_key("promo-2026:graine-demo", number=number).startswith(key)


def test_the_draw_is_by_ascending_key_whatever_the_order_given():
    numbers = ["C-0001", "C-0002", "C-0475"]
    assert draw_order("promo-2026:graine-demo", numbers) == ("C-0475", "C-0001", "C-0002")
    again = draw_order("promo-2026:graine-demo", [*reversed(numbers), "C-0001"])
    assert again == ("C-0475", "C-0001", "C-0002")
    assert len(seed_commitment("promo-2026:graine-demo")) == 64


def test_canonical_bytes_know_no_order_and_no_spaces():
    assert canonical_json({"b": ["é", 1, None], "a": True}) == '{"a":true,"b":["é",1,null]}'.encode()
    assert fingerprint({"b": 1, "a": 2}) == fingerprint({"a": 2, "b": 1})
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json(float("nan"))


def desk_of(counts, people):
    """Jobs are numbers; priority is the order in which people are given."""
    usable = {
        person: tuple(job for job in range(len(counts)) if mask >> job & 1)
        for person, mask in enumerate(people)
    }
    return Desk(places=dict(enumerate(counts)), usable=usable, priority={person: person for person in usable})


counts = st.lists(st.integers(1, 2), min_size=1, max_size=4)
masks = st.lists(st.integers(1, 15), max_size=6)


@given(counts, masks)
def test_three_ways_to_know_who_can_work_together(counts, masks):
    masks = tuple(mask & (1 << len(counts)) - 1 or 1 for mask in masks)
    crew = Crew({str(job): count for job, count in enumerate(counts)})
    staffed = staff(range(len(masks)), desk=desk_of(counts, masks)) is not None
    assert staffed == crew.satisfies_hall(masks) == crew.has_matching(masks)


@given(counts, masks)
def test_who_comes_first_does_not_change_who_stays(counts, masks):
    desk = desk_of(counts, [mask & (1 << len(counts)) - 1 or 1 for mask in masks])
    best = set(greedy_choice(range(len(masks)), desk=desk))
    for seed in range(5):
        roster = {}
        arrivals = list(range(len(masks)))
        random.Random(seed).shuffle(arrivals)
        for person in arrivals:
            seat(roster, desk=desk, newcomer=person)
        assert set(roster) == best


def test_many_jobs_are_checked_as_a_matching():
    crew = Crew({f"{job:02}": 1 for job in range(40)})
    people = [1 << job | 1 << (job + 1) % 40 for job in range(40)]
    assert crew.fits(people)
    assert not crew.fits([*people, 1])


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_the_checkers_share_no_algorithm_with_the_solvers():
    shared = {"matching.stable.reading", "matching.stable.instance", "matching.teams.engine.instance"}
    folders = [ROOT / "matching/stable/proof", ROOT / "matching/teams/checker"]
    own = ("matching.stable.proof", "matching.teams.checker")
    for path in (path for folder in folders for path in folder.glob("*.py")):
        inside = {name for name in imported(path) if name.startswith("matching")}
        assert {name for name in inside if not name.startswith(own)} <= shared, path
