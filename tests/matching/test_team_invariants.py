"""What theory promises of the rule when minimum sizes are ignored, on random markets (matching.md, section
5).
"""

import copy
import random

from matching.teams.engine import solve_team
from tests.matching.markets import random_team

SEEDS = range(25)


def market_of(seed):
    chance = random.Random(seed)
    return random_team(
        seed,
        people=chance.randint(8, 40),
        projects=chance.randint(3, 8),
        wishes=chance.choice([2, 3, 5]),
        scores=chance.choice([2, 20]),
    )


def ranks_of(instance, result):
    """Candidate to position of what they got, the length of the list for nothing."""
    got = result["assignment"]
    return {
        one["id"]: one["ranks"].index(got[one["id"]]) if one["id"] in got else len(one["ranks"])
        for one in instance["candidates"]
    }


def person(instance, who):
    return next(one for one in instance["candidates"] if one["id"] == who)


def test_dropping_choices_after_the_one_obtained_changes_nothing():
    for seed in SEEDS:
        instance = market_of(seed)
        before = solve_team(instance)["assignment"]
        for who, where in before.items():
            ranks = person(instance, who)["ranks"]
            del ranks[ranks.index(where) + 1 :]
        assert solve_team(instance)["assignment"] == before


def test_a_better_score_never_hurts_its_owner():
    for seed in SEEDS:
        instance = market_of(seed)
        before = ranks_of(instance, solve_team(instance))
        for score in random.Random(seed).sample(instance["scores"], 5):
            better = copy.deepcopy(instance)
            next(one for one in better["scores"] if one == score)[2] += 5
            assert ranks_of(better, solve_team(better))[score[0]] <= before[score[0]]


def test_one_more_job_never_hurts():
    for seed in SEEDS:
        instance = market_of(seed)
        before = ranks_of(instance, solve_team(instance))
        for one in random.Random(seed).sample(instance["candidates"], 5):
            versatile = copy.deepcopy(instance)
            person(versatile, one["id"])["jobs"] = ["data", "design", "dev", "geo"]
            assert ranks_of(versatile, solve_team(versatile))[one["id"]] <= before[one["id"]]


def test_a_withdrawal_hurts_nobody_else():
    for seed in SEEDS:
        instance = market_of(seed)
        before = ranks_of(instance, solve_team(instance))
        for one in random.Random(seed).sample(instance["candidates"], 5):
            fewer = instance | {"candidates": [other for other in instance["candidates"] if other != one]}
            after = ranks_of(fewer, solve_team(fewer))
            assert all(after[who] <= before[who] for who in after)


def test_a_removed_project_helps_nobody_and_shrinks_no_other_team():
    for seed in SEEDS:
        instance = market_of(seed)
        full = solve_team(instance)
        before = ranks_of(instance, full)
        for gone in instance["projects"]:
            fewer = instance | {"projects": [other for other in instance["projects"] if other != gone]}
            result = solve_team(fewer)
            after = ranks_of(fewer, result)
            assert all(after[who] >= before[who] for who in before)
            sizes, were = (list(one["assignment"].values()) for one in (result, full))
            assert all(
                sizes.count(other["id"]) >= were.count(other["id"])
                for other in instance["projects"]
                if other != gone
            )


def test_one_more_place_hurts_nobody():
    for seed in SEEDS:
        instance = market_of(seed)
        before = ranks_of(instance, solve_team(instance))
        for number in range(len(instance["projects"])):
            larger = copy.deepcopy(instance)
            larger["projects"][number]["slots"][0]["count"] += 1
            after = ranks_of(larger, solve_team(larger))
            assert all(after[who] <= before[who] for who in before)


def test_no_other_order_of_the_list_pays():
    for seed in SEEDS:
        instance = market_of(seed)
        chance = random.Random(seed)
        before = solve_team(instance)["assignment"]
        for one in chance.sample(instance["candidates"], 6):
            truth = one["ranks"]
            lie = copy.deepcopy(instance)
            person(lie, one["id"])["ranks"] = chance.sample(truth, chance.randint(0, len(truth)))
            got = solve_team(lie)["assignment"].get(one["id"])
            honest = truth.index(before[one["id"]]) if one["id"] in before else len(truth)
            assert got is None or truth.index(got) >= honest


def test_cutoffs_say_who_enters():
    for seed in SEEDS:
        instance = market_of(seed)
        result = solve_team(instance)
        scores = {(who, where): score for who, where, score in instance["scores"]}
        for one in instance["candidates"]:
            who, got = one["id"], result["assignment"].get(one["id"])
            for where in one["ranks"][: one["ranks"].index(got) if got else None]:
                mine = (-scores[who, where], instance["lottery"].index(who))
                limits = [
                    result["cutoffs"][where][job] for job in one["jobs"] if job in result["cutoffs"][where]
                ]
                assert all(limit is not None and (-limit[0], limit[1]) < mine for limit in limits)


def test_the_draw_changes_nothing_when_no_scores_tie():
    for seed in SEEDS:
        instance = market_of(seed)
        for number, score in enumerate(instance["scores"]):
            score[2] = score[2] * 1000 + number
        before = solve_team(instance)["assignment"]
        random.Random(seed).shuffle(instance["lottery"])
        assert solve_team(instance)["assignment"] == before
