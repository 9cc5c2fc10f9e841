"""The `timetable` kind: every plan is checked as written; small weeks against looking at everything."""

import copy
import itertools
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.interviews.timetable.bound import placement_bound, seat_bound, shortages
from matching.interviews.timetable.checker import check_timetable
from matching.interviews.timetable.colouring import times
from matching.interviews.timetable.instance import read_timetable
from matching.interviews.timetable.moves import replan
from matching.interviews.timetable.proof import can_place, most_by_counts
from matching.interviews.timetable.solve import plan_timetable
from matching.stable.reading import BadInput


def week(seed, *, auditions, rooms, jurors, half_days, slots, chance_free=0.6, conflicts=3, candidates=None):
    chance = random.Random(seed)
    people = candidates or auditions
    return {
        "schema": "eig-matching/1",
        "id": f"week {seed}",
        "kind": "timetable",
        "half_days": half_days,
        "slots_per_half_day": [chance.randint(1, slots) for _ in range(half_days)],
        "rooms": rooms,
        "auditions": [
            {"id": f"a{n}", "candidate": f"c{n % people}", "project": f"p{n % 3}", "rank": 1 + n // people}
            for n in range(auditions)
        ],
        "candidate_available": {
            f"c{n}": [day for day in range(half_days) if chance.random() < chance_free] for n in range(people)
        },
        "jurors": [
            {
                "id": f"j{n}",
                "type": ["agent", "outside"][n % 2],
                "available": [day for day in range(half_days) if chance.random() < chance_free],
                "max_half_days": chance.randint(1, half_days),
            }
            for n in range(jurors)
        ],
        "conflicts": [
            [f"j{chance.randrange(jurors)}", "candidate", f"c{chance.randrange(people)}"]
            for _ in range(conflicts)
        ]
        + [[f"j{chance.randrange(jurors)}", "project", f"p{chance.randrange(3)}"] for _ in range(conflicts)],
        "panel": {"agent": 1, "outside": 1},
    }


SMALL = [week(seed, auditions=9, rooms=2, jurors=5, half_days=3, slots=3, candidates=5) for seed in range(25)]


@pytest.mark.parametrize("instance", SMALL, ids=lambda instance: instance["id"])
def test_a_small_week_breaks_no_rule_and_holds_the_most(instance):
    plan = plan_timetable(instance)
    assert plan["proven"]
    assert str(check_timetable(instance, plan)) == "ok: Every property holds."
    week, placed = read_timetable(instance), len(plan["schedule"])
    assert can_place(week, count=placed, seconds=60)
    assert can_place(week, count=placed + 1, seconds=60) is False
    assert placed <= most_by_counts(week) <= placement_bound(week) <= len(instance["auditions"])
    assert placed <= seat_bound(week)


@pytest.mark.parametrize("instance", SMALL[:10], ids=lambda instance: instance["id"])
def test_a_plan_with_one_audition_fewer_is_refused(instance):
    plan = plan_timetable(instance)
    if not plan["schedule"]:
        assert most_by_counts(read_timetable(instance)) == 0
        return
    plan["schedule"].popitem()
    assert check_timetable(instance, plan).code == "most_placed"


def test_the_same_week_gives_the_same_plan():
    instance = week(1, auditions=20, rooms=2, jurors=8, half_days=4, slots=4, candidates=15)
    assert plan_timetable(instance) == plan_timetable(instance)


def test_who_matters_more_is_placed_when_not_all_can_be():
    instance = week(0, auditions=4, rooms=1, jurors=2, half_days=1, slots=1, conflicts=0)
    instance["slots_per_half_day"] = [2]
    instance["candidate_available"] = {f"c{n}": [0] for n in range(4)}
    for juror in instance["jurors"]:
        juror["available"] = [0]
    for audition, rank in zip(instance["auditions"], [2, 1, 3, 1], strict=True):
        audition["rank"] = rank
    assert set(plan_timetable(instance)["schedule"]) == {"a1", "a3"}


def test_loads_are_shared_fairly():
    instance = week(0, auditions=4, rooms=1, jurors=4, half_days=4, slots=1, conflicts=0)
    instance["slots_per_half_day"] = [1] * 4
    for person in instance["candidate_available"]:
        instance["candidate_available"][person] = [0, 1, 2, 3]
    for juror in instance["jurors"]:
        juror |= {"available": [0, 1, 2, 3], "max_half_days": 4}
    sittings = [juror for panel in plan_timetable(instance)["panels"] for juror in panel["jurors"]]
    assert sorted(sittings) == ["j0", "j0", "j1", "j1", "j2", "j2", "j3", "j3"]


def test_an_empty_week():
    instance = week(0, auditions=0, rooms=0, jurors=1, half_days=1, slots=1, conflicts=0, candidates=1)
    instance |= {"half_days": 0, "slots_per_half_day": [], "candidate_available": {}, "jurors": []}
    plan = plan_timetable(instance)
    assert plan == {"schedule": {}, "panels": [], "proven": True, "bound": 0}
    assert check_timetable(instance, plan).ok


def test_times_never_clash():
    for seed in range(200):
        chance = random.Random(seed)
        rooms, count = chance.randint(1, 5), chance.randint(1, 6)
        edges, heard = {}, {}
        for room in range(rooms):
            for number in range(chance.randint(0, count)):
                candidate = f"c{chance.randint(0, 6)}"
                if heard.get(candidate, 0) < count:
                    heard[candidate] = heard.get(candidate, 0) + 1
                    edges[f"{room}-{number}"] = (room, candidate)
        found = times(edges, count=count)
        assert found.keys() == edges.keys()
        assert all(0 <= time < count for time in found.values())
        assert len({(edges[name][0], time) for name, time in found.items()}) == len(edges)
        assert len({(edges[name][1], time) for name, time in found.items()}) == len(edges)


def test_too_many_for_one_room_is_refused():
    with pytest.raises(ValueError, match="more than 1"):
        times({"a": (0, "x"), "b": (0, "y")}, count=1)


EXAMPLE = {
    **week(0, auditions=4, rooms=2, jurors=6, half_days=2, slots=2, conflicts=0, candidates=2),
    "slots_per_half_day": [2, 2],
    "candidate_available": {"c0": [0, 1], "c1": [0]},
    "jurors": [
        {"id": f"j{n}", "type": kind, "available": days, "max_half_days": 1}
        for n, (kind, days) in enumerate(
            [
                ("agent", [0]),
                ("outside", [0]),
                ("agent", [0]),
                ("outside", [0]),
                ("agent", [0, 1]),
                ("outside", [1]),
            ]
        )
    ],
    "conflicts": [["j5", "project", "p0"], ["j4", "candidate", "c1"]],
}
GOOD = {
    "schedule": {
        "a0": {"half_day": 0, "room": 0, "slot": 0},
        "a1": {"half_day": 0, "room": 1, "slot": 0},
        "a2": {"half_day": 0, "room": 1, "slot": 1},
        "a3": {"half_day": 0, "room": 0, "slot": 1},
    },
    "panels": [
        {"half_day": 0, "room": 0, "jurors": ["j0", "j1"]},
        {"half_day": 0, "room": 1, "jurors": ["j3", "j2"]},
    ],
}


def spoilt(audition=None, panels=None, **changes):
    plan = copy.deepcopy(GOOD)
    if audition:
        plan["schedule"].setdefault(audition, {}).update(changes)
    for index, panel in (panels or {}).items():
        plan["panels"][index:] = [panel]
    return plan


@pytest.mark.parametrize(
    ("code", "plan"),
    [
        ("ok", GOOD),
        ("shape", []),
        ("shape", {"schedule": {}}),
        ("shape", spoilt("a0", slot="first")),
        ("shape", spoilt(panels={1: GOOD["panels"][0]})),
        ("unknown_id", spoilt("a9", half_day=0, room=0, slot=0)),
        ("unknown_id", spoilt(panels={1: {"half_day": 0, "room": 2, "jurors": ["j2", "j3"]}})),
        ("unknown_id", spoilt(panels={1: {"half_day": 0, "room": 1, "jurors": ["j2", "ghost"]}})),
        ("panel", spoilt(panels={1: {"half_day": 0, "room": 1, "jurors": ["j2"]}})),
        ("panel", spoilt(panels={1: {"half_day": 0, "room": 1, "jurors": ["j2", "j3", "j4"]}})),
        ("panel", spoilt(panels={1: {"half_day": 0, "room": 1, "jurors": ["j2", "j4"]}})),
        ("juror_availability", spoilt(panels={1: {"half_day": 0, "room": 1, "jurors": ["j2", "j5"]}})),
        ("juror_twice", spoilt(panels={1: {"half_day": 0, "room": 1, "jurors": ["j0", "j3"]}})),
        ("juror_load", {**GOOD, "panels": [
            {"half_day": 0, "room": 0, "jurors": ["j4", "j1"]},
            {"half_day": 0, "room": 1, "jurors": ["j2", "j3"]},
            {"half_day": 1, "room": 0, "jurors": ["j4", "j5"]},
        ]}),
        ("no_panel", spoilt("a0", half_day=1)),
        ("slot", spoilt("a0", slot=2)),
        ("slot", spoilt("a0", slot=-1)),
        ("room_twice", spoilt("a3", slot=0)),
        ("candidate_twice", spoilt("a2", slot=0) | {"schedule": {
            "a0": {"half_day": 0, "room": 0, "slot": 0}, "a2": {"half_day": 0, "room": 1, "slot": 0},
        }}),
        ("conflict", spoilt(panels={1: {"half_day": 0, "room": 1, "jurors": ["j4", "j3"]}})),
        ("most_placed", {**GOOD, "schedule": {"a0": GOOD["schedule"]["a0"]}}),
    ],
)  # fmt: skip
def test_each_broken_rule_has_its_verdict(code, plan):
    assert check_timetable(EXAMPLE, plan).code == code, check_timetable(EXAMPLE, plan)


def test_a_candidate_is_heard_only_when_available():
    plan = copy.deepcopy(GOOD)
    plan["panels"].append({"half_day": 1, "room": 0, "jurors": ["j4", "j5"]})
    plan["schedule"]["a1"] = {"half_day": 1, "room": 0, "slot": 0}
    assert check_timetable(EXAMPLE, plan).code == "candidate_availability"


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("half_days", {"half_days": -1}),
        ("slots_per_half_day", {"slots_per_half_day": [1]}),
        ("rooms", {"rooms": "four"}),
        ("auditions[0].candidate", {"auditions": [{"id": "a"}]}),
        ("auditions[1].id", {"auditions": [{"id": "a", "candidate": "c0", "project": "p"}] * 2}),
        ("candidate_available", {"candidate_available": {"c0": []}}),
        ("candidate_available['c0'][0]", {"candidate_available": {"c0": [2], "c1": []}}),
        ("jurors[0].type", {"jurors": [{"id": "j"}]}),
        ("conflicts[0][1]", {"conflicts": [["j0", "person", "c0"]]}),
        ("panel['agent']", {"panel": {"agent": 1.5}}),
    ],
)
def test_bad_input_names_the_field(field, changes):
    with pytest.raises(BadInput) as refusal:
        plan_timetable(EXAMPLE | changes)
    assert str(refusal.value).startswith(f"{field}: ")


def by_looking_at_everything(instance):
    """The most that can be placed, without a solver: panels by half-day, then a matching of people."""
    week = read_timetable(instance)
    slots, best = week.slots, 0
    jurors = [(juror, sorted(juror.available)) for juror in week.jurors]
    options = [
        [
            days
            for size in range(min(juror.max_half_days, len(free)) + 1)
            for days in itertools.combinations(free, size)
            if not week.days or len({week.days[day] for day in days}) == len(days)
        ]
        for juror, free in jurors
    ]
    for choice in itertools.product(*options):
        panels = []
        for day in range(len(slots)):
            present = Counter(
                juror.type for (juror, _), days in zip(jurors, choice, strict=True) if day in days
            )
            panels.append(
                min([week.rooms, *(present[kind] // count for kind, count in week.panel.items() if count)])
            )
        best = max(best, _seated(week, [slots[day] * count for day, count in enumerate(panels)]))
    return best


def _seated(week, room):
    """People by half-days, augmenting paths; conflicts and rooms forgotten, as the instances have none."""
    given = {}

    def seat(number, seen):
        audition = week.auditions[number]
        for day in sorted(week.available[audition.candidate]):
            if day in seen:
                continue
            same = [
                other
                for other, when in given.items()
                if when == day and week.auditions[other].candidate == audition.candidate
            ]
            if len(same) >= week.slots[day]:
                continue
            seen.add(day)
            here = [other for other, when in given.items() if when == day]
            if len(here) < room[day] or any(seat(other, seen) for other in here):
                given[number] = day
                return True
        return False

    return sum(seat(number, set()) for number in range(len(week.auditions)))


small_weeks = st.builds(
    lambda seed, auditions, days: (
        week(seed, auditions=auditions, rooms=2, jurors=4, half_days=3, slots=2, conflicts=0)
        | ({"days": [0, 0, 1]} if days else {})
    ),
    seed=st.integers(0, 10_000),
    auditions=st.integers(0, 9),
    days=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(small_weeks)
def test_the_plan_holds_as_many_as_looking_at_everything_finds(instance):
    plan = plan_timetable(instance)
    assert plan["proven"]
    assert len(plan["schedule"]) == by_looking_at_everything(instance)
    assert check_timetable(instance, plan).ok


def test_one_half_day_a_day_is_kept_and_checked():
    instance = {**EXAMPLE, "days": [0, 0]}
    for juror in instance["jurors"]:
        assert juror["max_half_days"] == 1
    wide = {**instance, "jurors": [juror | {"max_half_days": 2} for juror in instance["jurors"]]}
    both = {
        **GOOD,
        "panels": [
            {"half_day": 0, "room": 0, "jurors": ["j4", "j1"]},
            {"half_day": 0, "room": 1, "jurors": ["j2", "j3"]},
            {"half_day": 1, "room": 0, "jurors": ["j4", "j5"]},
        ],
    }
    assert check_timetable(wide, both).code == "juror_day"
    assert check_timetable(wide, plan_timetable(wide)).ok


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 7))
def test_planning_again_moves_the_fewest(seed, ill):
    instance = week(seed, auditions=10, rooms=2, jurors=8, half_days=3, slots=3, candidates=8, conflicts=1)
    told = plan_timetable(instance)
    instance["jurors"][ill]["available"] = []
    instance["current"] = {name: told[name] for name in ("schedule", "panels")}
    again = replan(read_timetable(instance))
    written = {name: again[name] for name in ("schedule", "panels")}
    assert check_timetable(instance, written).ok
    moved = {name for name, place in told["schedule"].items() if again["schedule"].get(name) != place}
    assert set(again["moved"]) == moved
    assert again["moved_bound"] <= len(moved)
    if f"j{ill}" not in {juror for panel in told["panels"] for juror in panel["jurors"]}:
        assert moved == set()


def test_what_is_pinned_stays_or_the_checker_says_so():
    instance = week(5, auditions=9, rooms=2, jurors=8, half_days=3, slots=3, candidates=9, conflicts=0)
    first = plan_timetable(instance)
    name = min(first["schedule"])
    place = first["schedule"][name]
    where = place["half_day"], place["room"]
    panel = next(row for row in first["panels"] if (row["half_day"], row["room"]) == where)
    instance["pinned"] = {"schedule": {name: place}, "panels": [panel]}
    again = plan_timetable(instance)
    assert again["schedule"][name] == place
    assert panel in again["panels"]
    assert check_timetable(instance, again).ok
    elsewhere = copy.deepcopy(again)
    del elsewhere["schedule"][name]
    assert check_timetable(instance, elsewhere).code == "pinned"


def test_the_bound_names_who_is_missing():
    short = {**EXAMPLE, "rooms": 3}
    found = {row.half_day: (row.panels, dict(row.missing)) for row in shortages(read_timetable(short))}
    assert found == {0: (2, {"outside": 1}), 1: (1, {"agent": 1, "outside": 1})}


PRESSED = """
import json, os, signal, sys, time
from matching.interviews.timetable.instance import read_timetable
from matching.interviews.timetable{module} import {name} as solve
week = json.load(sys.stdin)
try:
    solve({arguments})
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(5)
    print("nothing happened")
except KeyboardInterrupt:
    print("stopped by ourselves")
"""


@pytest.mark.parametrize(
    ("module", "name", "arguments"),
    [
        (".proof", "can_place", "read_timetable(week), count=1, seconds=10"),
        (".proof", "most_by_counts", "read_timetable(week)"),
        (".solve", "plan_timetable", "week"),
    ],
)
def test_after_a_solve_ctrl_c_is_still_the_process_s_own(module, name, arguments):
    """OR-Tools would put the system's handler back, which kills a worker in the middle of its job."""
    said = subprocess.run(
        [sys.executable, "-c", PRESSED.format(module=module, name=name, arguments=arguments)],
        input=json.dumps(EXAMPLE), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (said.returncode, said.stdout) == (0, "stopped by ourselves\n"), said.stderr


def test_every_solver_leaves_ctrl_c_alone():
    sources = [path.read_text() for path in Path("matching").rglob("*.py")]
    solvers = [line for text in sources for line in text.split("cp_model.CpSolver()")[1:]]
    assert solvers
    assert all("catch_sigint_signal = False" in after[:80] for after in solvers)
