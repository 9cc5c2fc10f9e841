"""The engine and its checker against the definitions, on every matching of tiny markets."""

import json
import random
from itertools import combinations

from hypothesis import given, settings

from matching.stable.deferred import close, deferred_acceptance
from matching.teams.checker import check_team
from matching.teams.engine import read_team, solve_team
from matching.teams.engine.market import build_market
from matching.teams.engine.opening import Search, worth
from tests.matching.markets import random_team, tiny_teams
from tests.matching.oracle import Market


@settings(max_examples=250, deadline=None)
@given(tiny_teams())
def test_the_result_is_the_one_of_the_definitions(instance):
    market, result = Market(instance), solve_team(instance)
    solution = market.solution()
    if solution is None:
        assert result == {"status": "infeasible"}
        return
    opened, matching = solution
    assert result["status"] == "ok"
    assert result["assignment"] == matching
    assert set(result["closed"]) == market.projects.keys() - opened
    assert result["cutoffs"] == market.cutoffs(opened, matching)
    assert result["reasons"] == {
        who: {where: market.reason(who, where, opened, matching) for where in one["ranks"]}
        for who, one in market.candidates.items()
    }
    if market.enforce:
        assert result["objective"] == market.objective(opened, matching)
    else:
        assert "objective" not in result


@settings(max_examples=150, deadline=None)
@given(tiny_teams())
def test_the_checker_accepts_the_engine(instance):
    assert str(check_team(instance, solve_team(instance))) == "ok: Every property holds."


@settings(max_examples=150, deadline=None)
@given(tiny_teams(people=3, projects=2))
def test_the_checker_refuses_every_other_matching(instance):
    market, result = Market(instance), solve_team(instance)
    if result["status"] == "infeasible":
        assert not check_team(instance, {"status": "ok", "assignment": {}, "closed": []}).ok
        return
    assert check_team(instance, {"status": "infeasible"}).code == "status"
    for size in range(len(market.projects) + 1):
        for opened in combinations(market.projects, size):
            closed = [name for name in market.projects if name not in opened]
            for matching in market.matchings(set(opened)):
                same = matching == result["assignment"] and set(closed) == set(result["closed"])
                given = {"status": "ok", "assignment": matching, "closed": closed}
                assert check_team(instance, given).ok == same, given


@settings(max_examples=150, deadline=None)
@given(tiny_teams(people=4, projects=2, pins=False))
def test_every_stable_matching_places_the_same_people_in_teams_of_the_same_size(instance):
    market = Market(instance)
    _, stable = market.best_stable(set(market.projects))
    assert len({frozenset(matching) for matching in stable}) == 1
    assert len({tuple(len(team) for team in market.teams(matching).values()) for matching in stable}) == 1


def every_opening(teams):
    """The best outcome over all sets of open projects, by trying each."""
    best = None
    for opened in range(teams.market.everything + 1):
        if opened & teams.forced != teams.forced:
            continue
        outcome = deferred_acceptance(teams.market, opened=opened)
        if all(outcome.size(p) >= teams.minimum[p] for p in range(len(teams.projects)) if opened >> p & 1):
            best = max(best or (), (worth(teams, outcome=outcome), opened))
    return best


def test_the_search_equals_trying_every_set_of_open_projects():
    for seed in range(60):
        chance = random.Random(seed)
        instance = random_team(
            seed,
            people=chance.randint(6, 18),
            projects=9,
            wishes=chance.choice([2, 3, 5]),
            policy="enforce",
            scores=chance.choice([0, 2, 20]),
            minimum=chance.choice([2, 3]),
            sizes=chance.choice([(2, 3), (3,), (4,)]),
        )
        if seed % 3 == 0:
            instance["pin"] = [["c000", instance["candidates"][0]["ranks"][0]]]
        search = Search(build_market(read_team(instance)))
        search.run()
        found = search.best and (search.best_worth, search.best.open)
        assert found == every_opening(search.teams), seed


def test_subsets_of_a_feasible_set_are_feasible():
    for seed in range(10):
        teams = build_market(read_team(random_team(seed, people=12, projects=7, wishes=3, policy="enforce")))
        outcomes = [deferred_acceptance(teams.market, opened=opened) for opened in range(1 << 7)]
        lives = [all(outcome.size(p) >= 2 for p in range(7) if outcome.open >> p & 1) for outcome in outcomes]
        for opened, alive in enumerate(lives):
            assert not alive or all(lives[opened & ~(1 << p)] for p in range(7))


def test_continuing_after_a_closure_equals_starting_again():
    for seed in range(30):
        teams = build_market(read_team(random_team(seed, people=30, projects=8, wishes=5)))
        whole = deferred_acceptance(teams.market)
        for project in range(8):
            again = deferred_acceptance(teams.market, opened=whole.open & ~(1 << project))
            assert set(close(teams.market, outcome=whole, desk=project).places()) == set(again.places())


def test_the_order_in_which_an_instance_is_written_changes_no_byte():
    for seed in range(30):
        instance = random_team(seed, people=25, projects=8, wishes=4, policy="enforce", scores=3)
        expected = json.dumps(solve_team(instance))
        chance = random.Random(seed)
        for key in ("candidates", "projects", "scores"):
            chance.shuffle(instance[key])
        for candidate in instance["candidates"]:
            chance.shuffle(candidate["jobs"])
        for project in instance["projects"]:
            chance.shuffle(project["slots"])
        assert json.dumps(solve_team(instance)) == expected


def test_the_sizes_of_the_programme_pass_the_checker():
    for policy in ("ignore", "enforce"):
        for people, wishes in ((60, 2), (60, 5), (120, 5), (475, 5)):
            instance = random_team(people, people=people, projects=20, wishes=wishes, policy=policy)
            assert check_team(instance, solve_team(instance)).ok
