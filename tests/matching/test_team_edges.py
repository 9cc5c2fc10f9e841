"""The corners of the `team` kind, each written by hand, each also put to the independent checker."""

import pytest

from matching.teams.checker import check_team
from matching.teams.engine import solve_team
from tests.matching.markets import team

ENFORCE = {"policy": {"min_size": "enforce"}}


def solved(**instance):
    """The result, which the checker must accept."""
    market = team(**instance)
    result = solve_team(market)
    assert str(check_team(market, result)) == "ok: Every property holds."
    return result


def placed(**instance):
    return solved(**instance)["assignment"]


def test_nobody_and_nothing():
    assert solved(projects={}, candidates={}) == {
        "status": "ok",
        "assignment": {},
        "closed": [],
        "roles": {},
        "cutoffs": {},
        "reasons": {},
    }
    assert solved(projects={}, candidates={"a": ("x", ["p"])})["reasons"] == {"a": {"p": "unknown_project"}}
    assert solved(projects={"p": ("x", 2)}, candidates={}, **ENFORCE)["closed"] == ["p"]
    assert solved(projects={"p": ("x", 2)}, candidates={}, **ENFORCE)["objective"] == [0, 0, [0] * 5, [0]]


def test_a_project_without_places_takes_nobody():
    result = solved(projects={"p": ("", 0)}, candidates={"a": ("x", ["p"])}, **ENFORCE)
    assert (result["assignment"], result["closed"], result["cutoffs"]) == ({}, [], {"p": {}})
    assert result["reasons"] == {"a": {"p": "no_matching_role"}}


def test_a_place_counted_zero_is_no_place():
    market = team(projects={}, candidates={"a": ("x", ["p"])})
    market["projects"] = [{"id": "p", "slots": [{"job": "x", "count": 0}], "min_size": 0}]
    result = solve_team(market)
    assert result["reasons"] == {"a": {"p": "no_matching_role"}}
    assert check_team(market, result).ok


def test_an_empty_list_and_no_job():
    people = {"a": ("x", []), "b": ("", ["p"])}
    assert solved(projects={"p": ("x", 0)}, candidates=people)["reasons"] == {
        "a": {},
        "b": {"p": "no_matching_role"},
    }


def test_unknown_and_repeated_projects_are_skipped_but_counted_in_the_rank():
    people = {"a": ("x", ["ghost", "p", "p", "q"]), "b": ("x", ["q", "q"])}
    scores = {("a", "p"): 1, ("a", "q"): 1, ("b", "q"): 2}
    result = solved(projects={"p": ("x", 1), "q": ("x", 1)}, candidates=people, scores=scores, **ENFORCE)
    assert result["assignment"] == {"a": "p", "b": "q"}
    assert result["reasons"]["a"] == {"ghost": "unknown_project", "p": "assigned", "q": "not_reached"}
    assert result["objective"] == [2, 2, [1, 1, 0, 0, 0], [1, 1]]


def test_a_sixth_choice_counts_as_placed_but_in_no_rank():
    people = {"a": ("x", ["1", "2", "3", "4", "5", "p"])}
    assert solved(projects={"p": ("x", 1)}, candidates=people, **ENFORCE)["objective"] == [1, 1, [0] * 5, [1]]


def test_zero_is_a_score_and_none_is_not():
    result = solved(
        projects={"p": ("x", 0)}, candidates={"a": ("x", ["p"]), "b": ("x", ["p"])}, scores={("b", "p"): 0}
    )
    assert result["assignment"] == {"b": "p"}
    assert result["reasons"]["a"] == {"p": "no_score"}
    assert result["cutoffs"] == {"p": {"x": [0, 1]}}


def test_negative_and_huge_scores_compare_exactly():
    huge = 10**30
    scores = {("a", "p"): huge, ("b", "p"): huge + 1, ("c", "p"): -huge}
    people = dict.fromkeys("abc", ("x", ["p"]))
    assert placed(projects={"p": ("x", 0)}, candidates=people, scores=scores) == {"b": "p"}


def test_equal_scores_follow_the_draw():
    people = dict.fromkeys("abc", ("x", ["p"]))
    result = solved(projects={"p": ("xx", 0)}, candidates=people, lottery=["c", "a", "b"])
    assert result["assignment"] == {"a": "p", "c": "p"}
    assert result["reasons"]["b"] == {"p": "outranked_by_lottery"}
    assert result["cutoffs"] == {"p": {"x": [0, 1]}}


def test_the_draw_may_name_people_who_left_and_positions_stay_those_published():
    result = solved(projects={"p": ("x", 0)}, candidates={"a": ("x", ["p"])}, lottery=["gone", "a"])
    assert result["cutoffs"] == {"p": {"x": [0, 1]}}


def test_two_places_of_one_job_in_one_line_or_in_two():
    one = team(projects={}, candidates=dict.fromkeys("abc", ("x", ["p"])))
    one["scores"] = [[who, "p", 0] for who in "abc"]
    one["projects"] = [{"id": "p", "slots": [{"job": "x", "count": 2}], "min_size": 0}]
    two = one | {"projects": [{"id": "p", "slots": [{"job": "x", "count": 1}] * 2, "min_size": 0}]}
    assert solve_team(one) == solve_team(two)
    assert solve_team(one)["assignment"] == {"a": "p", "b": "p"}


def test_the_one_with_all_jobs_moves_aside():
    people = {"all": ("xyz", ["p"]), "x": ("x", ["p"]), "y": ("y", ["p"])}
    result = solved(projects={"p": ("xyz", 0)}, candidates=people)
    assert result["roles"] == {"all": "z", "x": "x", "y": "y"}


def test_three_people_rotate_through_three_roles():
    people = {"a": ("xy", ["p"]), "b": ("yz", ["p"]), "c": ("zx", ["p"])}
    assert set(placed(projects={"p": ("xyz", 0)}, candidates=people)) == {"a", "b", "c"}


def test_a_chain_of_seven_displacements():
    jobs = "01234567"
    people = {f"c{i}": (jobs[i : i + 2], ["p"]) for i in range(7)} | {"last": ("0", ["p"])}
    result = solved(projects={"p": (jobs, 0)}, candidates=people)
    assert result["roles"] == {"last": "0"} | {f"c{i}": jobs[i + 1] for i in range(7)}


def test_a_versatile_teammate_makes_room_for_who_comes_by_right():
    people = {"a": ("xy", ["p"]), "b": ("x", ["p"]), "c": ("y", ["p"])}
    scores = {("a", "p"): 3, ("b", "p"): 2, ("c", "p"): 1}
    result = solved(projects={"p": ("xy", 0)}, candidates=people, scores=scores)
    assert result["assignment"] == {"a": "p", "b": "p"}
    assert result["roles"] == {"a": "y", "b": "x"}
    assert result["cutoffs"] == {"p": {"x": [2, 1], "y": [2, 1]}}
    assert result["reasons"]["c"] == {"p": "outranked"}


def test_of_several_stable_matchings_the_candidates_get_theirs():
    people = {"a": ("x", ["p", "q"]), "b": ("x", ["q", "p"])}
    scores = {("a", "p"): 1, ("a", "q"): 2, ("b", "p"): 2, ("b", "q"): 1}
    market = {"projects": {"p": ("x", 0), "q": ("x", 0)}, "candidates": people, "scores": scores}
    assert placed(**market) == {"a": "p", "b": "q"}
    other = {"status": "ok", "assignment": {"a": "q", "b": "p"}, "closed": []}
    assert check_team(team(**market), other).code == "candidate_optimal"


def test_of_two_teams_that_need_the_same_two_people_the_drawn_one_opens():
    people = {"a": ("x", ["p", "q"]), "b": ("x", ["q", "p"])}
    market = {"projects": {"p": ("xx", 2), "q": ("xx", 2)}, "candidates": people} | ENFORCE
    first, second = solved(**market), solved(**market, project_lottery=["q", "p"])
    assert (first["closed"], first["objective"]) == (["q"], [1, 2, [1, 1, 0, 0, 0], [1, 0]])
    assert (second["closed"], second["objective"]) == (["p"], [1, 2, [1, 1, 0, 0, 0], [1, 0]])
    assert first["reasons"]["b"] == {"q": "project_closed", "p": "assigned"}


def test_more_first_choices_win_before_the_draw():
    people = {"a": ("x", ["p", "q"]), "b": ("x", ["q", "p"]), "c": ("x", ["q"])}
    market = {"projects": {"p": ("xx", 2), "q": ("xxx", 2)}, "candidates": people} | ENFORCE
    result = solved(**market)
    assert result["closed"] == ["p"]
    assert result["objective"] == [1, 3, [2, 1, 0, 0, 0], [0, 1]]


def test_a_minimum_above_the_places_closes_the_project():
    people = {"a": ("x", ["p", "q"])}
    result = solved(projects={"p": ("x", 2), "q": ("x", 1)}, candidates=people, **ENFORCE)
    assert (result["assignment"], result["closed"]) == ({"a": "q"}, ["p"])


def test_minimum_one_and_three():
    people = {"a": ("x", ["p"]), "b": ("x", ["q"]), "c": ("x", ["q", "p"])}
    result = solved(projects={"p": ("xx", 1), "q": ("xxx", 3)}, candidates=people, **ENFORCE)
    assert (result["assignment"], result["closed"]) == ({"a": "p", "c": "p"}, ["q"])


def test_closing_one_rescues_another():
    people = {"a": ("x", ["p", "q"]), "b": ("x", ["q"]), "c": ("y", ["p"])}
    result = solved(projects={"p": ("xz", 2), "q": ("xx", 2)}, candidates=people, **ENFORCE)
    assert (result["assignment"], result["closed"]) == ({"a": "q", "b": "q"}, ["p"])


def test_minimum_sizes_ignored_close_nothing():
    result = solved(projects={"p": ("xx", 2)}, candidates={"a": ("x", ["p"])})
    assert (result["assignment"], result["closed"]) == ({"a": "p"}, [])


def test_a_pin_needs_neither_rank_nor_score():
    people = {"a": ("x", ["q"]), "b": ("x", ["p"])}
    market = {"projects": {"p": ("x", 0), "q": ("x", 0)}, "candidates": people, "scores": {("b", "p"): 9}}
    result = solved(**market, pin=[["a", "p"]])
    assert result["assignment"] == {"a": "p"}
    assert result["cutoffs"] == {"p": {"x": "pinned"}, "q": {"x": None}}
    assert result["reasons"] == {"a": {"q": "no_score"}, "b": {"p": "filled_by_staff_decision"}}


def test_a_pin_replaces_the_list_and_counts_at_its_rank_there():
    people = {"a": ("x", ["q", "p"]), "b": ("x", ["q"])}
    market = {"projects": {"p": ("x", 1), "q": ("x", 1)}, "candidates": people}
    result = solved(**market, **ENFORCE, pin=[["a", "p"], ["a", "p"]])
    assert result["assignment"] == {"a": "p", "b": "q"}
    assert result["reasons"]["a"] == {"q": "pinned_elsewhere", "p": "assigned"}
    assert result["objective"] == [2, 2, [1, 1, 0, 0, 0], [1, 1]]


@pytest.mark.parametrize(
    ("pin", "more"),
    [
        ([["a", "p"], ["a", "q"]], {}),  # one person, two projects
        ([["a", "p"], ["b", "p"]], {}),  # two people, one place
        ([["c", "p"]], {}),  # no usable job
        ([["a", "p"]], {"forbid": [["a", "p"]]}),  # must and must not
        ([["a", "r"]], ENFORCE),  # a project that nobody else can bring to its minimum
        ([["a", "s"], ["b", "t"]], ENFORCE),  # two projects that need the same third person
    ],
)
def test_pins_that_cannot_be_honoured_are_infeasible(pin, more):
    people = {"a": ("x", ["p"]), "b": ("x", ["p"]), "c": ("y", ["p", "s", "t"])}
    known = {"p": ("x", 0), "q": ("x", 0), "r": ("xx", 2), "s": ("xy", 2), "t": ("xy", 2)}
    assert solved(projects=known, candidates=people, pin=pin, **more) == {"status": "infeasible"}


def test_one_of_two_projects_that_need_the_same_person_may_be_pinned():
    people = {"a": ("x", []), "c": ("y", ["t", "s"])}
    known = {"s": ("xy", 2), "t": ("xy", 1)}
    result = solved(projects=known, candidates=people, pin=[["a", "s"]], **ENFORCE)
    assert (result["assignment"], result["closed"]) == ({"a": "s", "c": "s"}, ["t"])


def test_a_forbidden_pair_is_as_if_not_ranked():
    people = {"a": ("x", ["p", "q"]), "b": ("x", ["p"])}
    result = solved(projects={"p": ("x", 0), "q": ("x", 0)}, candidates=people, forbid=[["a", "p"]])
    assert result["assignment"] == {"a": "q", "b": "p"}
    assert result["reasons"]["a"] == {"p": "forbidden", "q": "assigned"}


def test_ids_are_free_text_and_come_back_as_given():
    people = {"Zoé\u202f«\u00a01\u00a0»": ("développement 🚀", ["projet/é", "e\u0301"]), "": ("", [""])}
    people = {who: ([jobs] if jobs else [], ranks) for who, (jobs, ranks) in people.items()}
    result = solved(projects={"projet/é": (["développement 🚀"], 0), "é": (["x"], 0)}, candidates=people)
    assert result["assignment"] == {"Zoé\u202f«\u00a01\u00a0»": "projet/é"}
    assert result["reasons"][""] == {"": "unknown_project"}
    assert result["reasons"]["Zoé\u202f«\u00a01\u00a0»"]["e\u0301"] == "unknown_project"


def test_what_may_be_left_out():
    market = team(projects={"p": ("x", 0)}, candidates={"a": ("x", ["p"])})
    for key in ("id", "project_lottery", "forbid", "pin", "policy"):
        del market[key]
    del market["projects"][0]["min_size"]
    market["colour"] = "ignored"
    assert solve_team(market)["assignment"] == {"a": "p"}
