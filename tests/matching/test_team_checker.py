"""Every way to spoil a good result has its verdict."""

import copy

import pytest

from matching.teams.checker import check_team
from matching.teams.engine import complaints, read_team, solve_team
from tests.matching.markets import random_team, team

MARKET = team(
    projects={"p": ("xy", 2), "q": ("x", 1), "r": ("x", 2), "s": ("z", 0)},
    candidates={
        "a": ("xy", ["p", "q"]),
        "b": ("x", ["p", "q"]),
        "c": ("y", ["p"]),
        "d": ("x", ["r", "q", "s"]),
        "e": ("x", ["q", "r"]),
    },
    scores={
        ("a", "p"): 5, ("b", "p"): 4, ("c", "p"): 3, ("a", "q"): 1, ("b", "q"): 2, ("d", "r"): 1,
        ("d", "q"): 2, ("e", "q"): 1, ("e", "r"): 1, ("d", "s"): 1,
    },
    lottery=["e", "d", "c", "b", "a"],
    policy={"min_size": "enforce"},
)  # fmt: skip
GOOD = solve_team(MARKET)


def test_the_example_is_as_meant():
    assert GOOD["assignment"] == {"a": "p", "b": "p", "d": "q"}
    assert GOOD["closed"] == ["r"]


def spoilt(**changes):
    result = copy.deepcopy(GOOD)
    for path, value in changes.items():
        place = result
        *way, last = path.split("__")
        for step in way:
            place = place[step]
        place[last] = value
    return result


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("shape", None),
        ("shape", []),
        ("shape", {}),
        ("shape", {"status": "perhaps"}),
        ("shape", {"status": "ok", "assignment": {}}),
        ("shape", spoilt(assignment=[["a", "p"]])),
        ("shape", spoilt(assignment__a=None)),
        ("shape", spoilt(closed="r")),
        ("status", {"status": "infeasible"}),
        ("unknown_id", spoilt(assignment__ghost="p")),
        ("unknown_id", spoilt(assignment__c="ghost")),
        ("unknown_id", spoilt(closed=["r", "r"])),
        ("unknown_id", spoilt(closed=["ghost"])),
        ("closed_project", spoilt(closed=["r", "q"])),
        ("unacceptable", spoilt(assignment__c="q")),
        ("unacceptable", spoilt(assignment__d="s")),
        ("staffing", spoilt(assignment__e="q")),
        ("min_size", spoilt(closed=[])),
        ("blocking_pair", spoilt(assignment={"a": "p", "b": "p", "e": "q"})),
        ("blocking_pair", spoilt(assignment={"a": "p", "c": "p", "d": "q"})),
        ("open_set", {"status": "ok", "assignment": {"a": "p", "b": "p"}, "closed": ["q", "r"]}),
        ("roles", spoilt(roles__a="x")),
        ("roles", spoilt(roles__a="z")),
        ("roles", spoilt(roles={"a": "y"})),
        ("roles", spoilt(roles__c="y")),
        ("roles", spoilt(roles=["x"])),
        ("cutoffs", spoilt(cutoffs__p__x=[5, 4])),
        ("cutoffs", spoilt(cutoffs__p__x=None)),
        ("cutoffs", spoilt(cutoffs__p__x="pinned")),
        ("cutoffs", spoilt(cutoffs__p={})),
        ("cutoffs", spoilt(cutoffs={})),
        ("cutoffs", spoilt(cutoffs__s__z=[0, 0])),
        ("reasons", spoilt(reasons__c__p="outranked_by_lottery")),
        ("reasons", spoilt(reasons__d__q="outranked")),
        ("reasons", spoilt(reasons__c={})),
        ("reasons", spoilt(reasons__c__q="not_reached")),
        ("reasons", spoilt(reasons__ghost={})),
        ("reasons", spoilt(reasons__a=None)),
        ("objective", spoilt(objective=[3, 3, [3, 0, 0, 0, 0], [1, 1, 0, 1]])),
        ("objective", spoilt(objective=[3, 3])),
        ("objective", spoilt(objective="best")),
    ],
)
def test_a_spoilt_result_is_refused(code, result):
    verdict = check_team(MARKET, result)
    assert (verdict.code, verdict.ok) == (code, False), verdict


def test_roles_cutoffs_reasons_and_objective_may_be_left_out():
    assert check_team(MARKET, {key: GOOD[key] for key in ("status", "assignment", "closed")}).ok


def test_other_valid_roles_are_accepted():
    market = team(projects={"p": ("xy", 0)}, candidates={"a": ("xy", ["p"]), "b": ("xy", ["p"])})
    result = solve_team(market)
    swapped = {"a": result["roles"]["b"], "b": result["roles"]["a"]}
    assert check_team(market, result | {"roles": swapped}).ok


def test_a_pinned_person_elsewhere_is_refused():
    market = MARKET | {"pin": [["c", "p"]]}
    assert solve_team(market)["assignment"]["c"] == "p"
    assert check_team(market, GOOD).code == "pin"


def test_nothing_closes_when_minimum_sizes_are_ignored():
    market = MARKET | {"policy": {"min_size": "ignore"}}
    assert check_team(market, GOOD).code == "closed_project"


def test_each_better_set_of_open_projects_is_found():
    """The same market with one project more closed, solved apart: never the best."""
    for seed in range(20):
        market = random_team(seed, people=25, projects=8, wishes=3, policy="enforce")
        best = solve_team(market)
        for project in [one["id"] for one in market["projects"] if one["id"] not in best["closed"]]:
            rest = [one for one in market["projects"] if one["id"] not in [*best["closed"], project]]
            worse = solve_team(market | {"projects": rest, "project_lottery": [one["id"] for one in rest]})
            given = {
                "status": "ok",
                "assignment": worse["assignment"],
                "closed": [*best["closed"], project, *worse["closed"]],
            }
            assert check_team(market, given).code == "open_set"


def test_complaints_are_the_blocking_pairs_without_the_pins():
    market = MARKET | {"pin": [["c", "p"], ["d", "s"]], "candidates": MARKET["candidates"]}
    market["candidates"] = [one | {"jobs": [*one["jobs"], "z"]} for one in MARKET["candidates"]]
    result = solve_team(market)
    assert result["assignment"] == {"a": "p", "b": "q", "c": "p", "d": "s"}
    found = complaints(read_team(market), assignment=result["assignment"], closed=result["closed"])
    assert found == [("b", "p"), ("d", "q")]


def test_a_result_without_pins_leaves_no_complaint():
    for seed in range(10):
        market = random_team(seed, people=60, projects=20, wishes=3, policy="enforce")
        result = solve_team(market)
        assert not complaints(read_team(market), assignment=result["assignment"], closed=result["closed"])
