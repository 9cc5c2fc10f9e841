"""Instances for tests: tiny ones for hypothesis, and a short way to write one by hand."""

import random

from hypothesis import strategies as st

JOBS = ["data", "design", "dev"]


def team(*, projects, candidates, scores=None, lottery=None, **more):
    """`projects` {id: (jobs, one letter a place or a list; minimum)}, `candidates` {id: (jobs, ranks)}.

    Where no score is given everybody has 0 for what they rank.
    """
    people = [
        {"id": who, "jobs": list(jobs), "ranks": list(ranks)} for who, (jobs, ranks) in candidates.items()
    ]
    known = [
        {"id": name, "slots": [{"job": job, "count": 1} for job in jobs], "min_size": minimum}
        for name, (jobs, minimum) in projects.items()
    ]
    everything = [[one["id"], name, 0] for one in people for name in dict.fromkeys(one["ranks"])]
    return {
        "schema": "eig-matching/1",
        "id": "test",
        "kind": "team",
        "candidates": people,
        "projects": known,
        "scores": everything if scores is None else [[*pair, score] for pair, score in scores.items()],
        "lottery": list(lottery or candidates),
        "project_lottery": list(projects),
        "forbid": [],
        "pin": [],
        "policy": {"min_size": "ignore"},
    } | more


@st.composite
def tiny_teams(draw, *, people=4, projects=3, pins=True):
    names = [f"c{number}" for number in range(draw(st.integers(0, people)))]
    known = [f"p{number}" for number in range(draw(st.integers(0, projects)))]
    jobs = st.lists(st.sampled_from(JOBS), max_size=3)
    ranks = st.lists(st.sampled_from([*known, *known, "ghost"]), max_size=4)
    pairs = [[who, where] for who in names for where in known]
    some = st.lists(st.sampled_from(pairs), max_size=2) if pairs else st.just([])
    scored = draw(st.lists(st.sampled_from(pairs), unique_by=tuple)) if pairs else []
    places = st.lists(
        st.fixed_dictionaries({"job": st.sampled_from(JOBS), "count": st.integers(0, 2)}), max_size=2
    )
    unscored = draw(st.booleans())
    return {
        "schema": "eig-matching/1",
        "id": "tiny",
        "kind": "team",
        "candidates": [{"id": who, "jobs": draw(jobs), "ranks": draw(ranks)} for who in names],
        "projects": [
            {"id": name, "slots": draw(places), "min_size": draw(st.integers(0, 3))} for name in known
        ],
        "scores": [[*pair, draw(st.integers(0, 2))] for pair in (scored if unscored else pairs)],
        "lottery": draw(st.permutations(names)),
        "project_lottery": draw(st.permutations(known)),
        "forbid": draw(some) if unscored else [],
        "pin": draw(some) if pins and draw(st.booleans()) else [],
        "policy": {"min_size": draw(st.sampled_from(["ignore", "enforce"]))},
    }


def random_team(seed, *, people, projects, wishes, policy="ignore", scores=20, minimum=2, sizes=(2, 3)):
    """A market like the programme's: places in four trades, three people in ten with two trades."""
    chance = random.Random(seed)
    trades = ["data", "design", "dev", "geo"]
    places = {
        f"p{number:02}": [chance.choice(trades) for _ in range(chance.choice(sizes))]
        for number in range(projects)
    }
    candidates, marks = {}, {}
    for number in range(people):
        who = f"c{number:03}"
        jobs = (
            {chance.choice(trades), chance.choice(trades)}
            if chance.random() < 0.3
            else {chance.choice(trades)}
        )
        suitable = [name for name, wanted in places.items() if jobs & set(wanted)]
        candidates[who] = (sorted(jobs), chance.sample(suitable, min(wishes, len(suitable))))
        marks |= {(who, name): chance.randint(0, scores) for name in candidates[who][1]}
    lottery, project_lottery = list(candidates), list(places)
    chance.shuffle(lottery)
    chance.shuffle(project_lottery)
    return team(
        projects={name: (wanted, minimum) for name, wanted in places.items()},
        candidates=candidates,
        scores=marks,
        lottery=lottery,
        project_lottery=project_lottery,
        policy={"min_size": policy},
    )
