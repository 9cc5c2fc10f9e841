"""The `audition` kind against its definitions, on every allocation of tiny instances."""

import copy
import json
import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.interviews.allocation import allocate_auditions
from matching.interviews.allocation.checker import check_auditions
from matching.stable.reading import BadInput
from tests.matching.markets import JOBS, random_team
from tests.matching.oracle import Market


def auditions(*, projects, candidates, per_place=1, least=0, most=2, forbid=(), lottery=None):
    """`projects` {id: jobs, one letter a place}, `candidates` {id: (jobs, ranks, dossier)}."""
    return {
        "schema": "eig-matching/1",
        "id": "test",
        "kind": "audition",
        "candidates": [
            {"id": who, "jobs": list(jobs), "ranks": list(ranks), "dossier": dossier}
            for who, (jobs, ranks, dossier) in candidates.items()
        ],
        "projects": [
            {"id": name, "slots": [{"job": job, "count": 1} for job in jobs]}
            for name, jobs in projects.items()
        ],
        "auditions_per_place": per_place,
        "min_auditions_per_place": least,
        "max_auditions": most,
        "lottery": list(lottery or candidates),
        "forbid": [list(pair) for pair in forbid],
    }


@st.composite
def tiny_auditions(draw):
    names = [f"c{number}" for number in range(draw(st.integers(0, 4)))]
    known = [f"p{number}" for number in range(draw(st.integers(0, 3)))]
    pairs = [(who, where) for who in names for where in known]
    places = st.lists(
        st.fixed_dictionaries({"job": st.sampled_from(JOBS), "count": st.integers(0, 1)}), max_size=2
    )
    return {
        "schema": "eig-matching/1",
        "id": "tiny",
        "kind": "audition",
        "candidates": [
            {
                "id": who,
                "jobs": draw(st.lists(st.sampled_from(JOBS), max_size=2)),
                "ranks": draw(st.lists(st.sampled_from([*known, "ghost"]), max_size=3)),
                "dossier": draw(st.integers(0, 2)),
            }
            for who in names
        ],
        "projects": [{"id": name, "slots": draw(places)} for name in known],
        "auditions_per_place": draw(st.integers(0, 2)),
        "min_auditions_per_place": draw(st.integers(0, 3)),
        "max_auditions": draw(st.integers(1, 2)),
        "lottery": draw(st.permutations(names)),
        "forbid": [list(pair) for pair in draw(st.lists(st.sampled_from(pairs), max_size=2))]
        if pairs
        else [],
    }


class Rounds:
    """The three rounds by looking at everything."""

    def __init__(self, instance):
        self.instance = instance
        self.dossier = {one["id"]: one["dossier"] for one in instance["candidates"]}
        times = instance["auditions_per_place"]
        self.slots = [
            {"id": one["id"], "slots": [slot | {"count": slot["count"] * times} for slot in one["slots"]]}
            for one in instance["projects"]
        ]
        self.forbid = {tuple(pair) for pair in instance["forbid"]}

    def market(self, lists, pin=()):
        """A team market whose score is the dossier; `lists` replaces the candidates' own."""
        base = {one["id"]: one for one in self.instance["candidates"]}
        return Market(
            {
                "candidates": [
                    {"id": name, "jobs": base[name.lstrip("=")]["jobs"], "ranks": ranks}
                    for name, ranks in lists.items()
                ],
                "projects": self.slots,
                "scores": [
                    [name, one["id"], self.dossier[name.lstrip("=")]] for name in lists for one in self.slots
                ],
                "forbid": self.forbid,
                "pin": pin,
                "lottery": [*(f"={name}" for name in self.instance["lottery"]), *self.instance["lottery"]],
            }
        )

    def first(self):
        market = self.market({one["id"]: one["ranks"] for one in self.instance["candidates"]})
        return market.best_stable(set(market.projects))[0]

    def fallback_value(self, first, fallback):
        """(how many, minus the shortage), None when it cannot be."""
        market = self.market({one["id"]: [] for one in self.instance["candidates"]})
        shortage = 0
        for where, seats in market.seats.items():
            team = [who for one in (first, fallback) for who, got in one.items() if got == where]
            if not market.can_staff(where, team):
                return None
            places = sum(
                slot["count"]
                for one in self.instance["projects"]
                if one["id"] == where
                for slot in one["slots"]
            )
            shortage += max(0, min(self.instance["min_auditions_per_place"] * places, len(seats)) - len(team))
        return len(fallback), -shortage

    def fallbacks(self, first):
        left = [one["id"] for one in self.instance["candidates"] if one["id"] not in first]
        market = self.market({name: [] for name in left})
        options = [
            [
                None,
                *(
                    where
                    for where in market.projects
                    if market.has_job(who, where) and (who, where) not in self.forbid
                ),
            ]
            for who in left
        ]
        for choice in product(*options):
            yield {who: where for who, where in zip(left, choice, strict=True) if where}

    def second(self, held):
        if self.instance["max_auditions"] == 1:
            return {}
        own = {one["id"]: one["ranks"] for one in self.instance["candidates"]}
        lists = {name: [where for where in own[name] if where != held[name]] for name in held}
        holders = {f"={name}": [] for name in held}
        market = self.market(lists | holders, pin=[[f"={name}", where] for name, where in held.items()])
        everybody = market.best_stable(set(market.projects))[0]
        return {name: where for name, where in everybody.items() if name in held}


@settings(max_examples=200, deadline=None)
@given(tiny_auditions())
def test_the_result_is_the_one_of_the_definitions(instance):
    rounds, result = Rounds(instance), allocate_auditions(instance)
    assert result["first"] == rounds.first()
    values = [rounds.fallback_value(result["first"], other) for other in rounds.fallbacks(result["first"])]
    assert not set(result["first"]) & set(result["fallback"])
    assert rounds.fallback_value(result["first"], result["fallback"]) == max(
        value for value in values if value
    )
    assert result["second"] == rounds.second(result["first"] | result["fallback"])
    assert str(check_auditions(instance, result)) == "ok: Every property holds."


@settings(max_examples=100, deadline=None)
@given(tiny_auditions())
def test_the_checker_accepts_the_best_fallbacks_and_no_other(instance):
    rounds, result = Rounds(instance), allocate_auditions(instance)
    best = rounds.fallback_value(result["first"], result["fallback"])
    for other in rounds.fallbacks(result["first"]):
        given = result | {"fallback": other, "second": rounds.second(result["first"] | other)}
        good = rounds.fallback_value(result["first"], other) == best
        assert check_auditions(instance, given).ok == good, (other, check_auditions(instance, given))


@settings(max_examples=150, deadline=None)
@given(tiny_auditions(), st.data())
def test_the_checker_refuses_other_first_and_second_rounds(instance, data):
    result = allocate_auditions(instance)
    spoilt = copy.deepcopy(result)
    name = data.draw(st.sampled_from(["first", "second"]))
    people = [one["id"] for one in instance["candidates"]]
    if not people:
        return
    who = data.draw(st.sampled_from(people))
    where = data.draw(st.sampled_from([one["id"] for one in instance["projects"]] + [None]))
    if where is None:
        spoilt[name].pop(who, None)
    else:
        spoilt[name][who] = where
    assert check_auditions(instance, spoilt).ok == (spoilt == result)


def random_auditions(seed, *, people, projects, wishes, per_place=3):
    base = random_team(seed, people=people, projects=projects, wishes=wishes)
    chance = random.Random(seed)
    return {
        **{key: base[key] for key in ("schema", "id", "projects", "lottery", "forbid")},
        "kind": "audition",
        "candidates": [one | {"dossier": chance.randint(0, 20)} for one in base["candidates"]],
        "auditions_per_place": per_place,
        "min_auditions_per_place": 2,
        "max_auditions": 2,
    }


def test_the_sizes_of_the_programme_pass_the_checker():
    for seed in range(2):
        for people in (60, 120, 475):
            instance = random_auditions(seed, people=people, projects=20, wishes=5)
            assert check_auditions(instance, allocate_auditions(instance)).ok


def test_the_order_in_which_an_instance_is_written_changes_no_byte():
    for seed in range(20):
        instance = random_auditions(seed, people=40, projects=6, wishes=3, per_place=2)
        expected = json.dumps(allocate_auditions(instance))
        chance = random.Random(seed)
        for key in ("candidates", "projects"):
            chance.shuffle(instance[key])
        assert json.dumps(allocate_auditions(instance)) == expected


def test_a_fallback_displaces_roles_and_other_fallbacks_but_no_first_audition():
    instance = auditions(
        projects={"p": "xy", "q": "y"},
        candidates={"a": ("xy", ["p"], 9), "b": ("x", [], 5), "c": ("xy", [], 1), "d": ("y", [], 1)},
    )
    result = allocate_auditions(instance)
    assert result["first"] == {"a": "p"}
    assert len(result["fallback"]) == 2
    assert "d" in result["fallback"] or "c" in result["fallback"]
    assert check_auditions(instance, result).ok


def test_fallbacks_go_where_the_juries_lack_choice():
    instance = auditions(
        projects={"p": "x", "q": "x"},
        candidates={"a": ("x", ["p"], 9), "b": ("x", ["p"], 8), "c": ("x", [], 1)},
        per_place=3,
        least=2,
    )
    assert allocate_auditions(instance)["fallback"] == {"c": "q"}
    worse = {"first": {"a": "p", "b": "p"}, "fallback": {"c": "p"}, "second": {}}
    assert check_auditions(instance, worse).code == "fallback_shortage"
    none = {"first": {"a": "p", "b": "p"}, "fallback": {}, "second": {}}
    assert check_auditions(instance, none).code == "fallback_count"


def test_a_second_audition_evicts_nobody():
    instance = auditions(
        projects={"p": "x", "q": "x"},
        candidates={"best": ("x", ["p", "q"], 9), "last": ("x", ["q"], 1), "none": ("y", ["q"], 5)},
    )
    assert allocate_auditions(instance) == {"first": {"best": "p", "last": "q"}, "fallback": {}, "second": {}}
    instance["auditions_per_place"] = 2
    assert allocate_auditions(instance)["second"] == {"best": "q"}
    instance["max_auditions"] = 1
    assert allocate_auditions(instance)["second"] == {}
    assert check_auditions(
        instance, {"first": {"best": "p", "last": "q"}, "fallback": {}, "second": {"best": "q"}}
    ).code


@pytest.mark.parametrize(
    "result", [None, {}, {"first": {}, "fallback": {}}, {"first": [], "fallback": {}, "second": {}}]
)
def test_a_result_of_another_shape_is_refused(result):
    instance = auditions(projects={"p": "x"}, candidates={"a": ("x", ["p"], 9)})
    assert check_auditions(instance, result).code == "shape"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("auditions_per_place", None),
        ("auditions_per_place", -1),
        ("min_auditions_per_place", 1.5),
        ("max_auditions", 0),
        ("lottery", []),
        ("candidates[0].dossier", True),
    ],
)
def test_bad_input_names_the_field(field, value):
    instance = auditions(projects={"p": "x"}, candidates={"a": ("x", ["p"], 9)})
    if field.endswith("dossier"):
        instance["candidates"][0]["dossier"] = value
    else:
        instance[field] = value
    with pytest.raises(BadInput) as refusal:
        allocate_auditions(instance)
    assert str(refusal.value).startswith(f"{field}: ")
