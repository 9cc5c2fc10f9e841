"""The algorithms on markets like the programme's and beyond: counts, which no machine changes, then times.

    python benchmarks/algorithms.py [team] [audition] [timetable]

Ratios are to plain deferred acceptance on the same market in the same minute: they travel, seconds do not.
"""

import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from matching.interviews.allocation import allocate_auditions
from matching.interviews.allocation.checker import check_auditions
from matching.interviews.timetable.bound import shortages
from matching.interviews.timetable.checker import check_timetable
from matching.interviews.timetable.instance import read_timetable
from matching.interviews.timetable.moves import replan
from matching.interviews.timetable.proof import can_place
from matching.interviews.timetable.solve import Options, plan_timetable
from matching.interviews.timetable.solve import plan as plan_week
from matching.stable.deferred import deferred_acceptance
from matching.teams.checker import check_team
from matching.teams.engine import read_team, solve_team
from matching.teams.engine.market import build_market
from matching.teams.engine.opening import Search

TRADES = ("data", "design", "dev", "geo")


def team(seed: int, *, people: int, projects: int, wishes: int, policy: str = "enforce") -> dict[str, Any]:
    """Two or three places a project in four trades, three people in ten with two, marks from 0 to 20."""
    chance = random.Random(seed)
    places = {
        f"p{n:04}": [chance.choice(TRADES) for _ in range(chance.choice((2, 3)))] for n in range(projects)
    }
    by_job = {job: [name for name, jobs in places.items() if job in jobs] for job in TRADES}
    candidates, scores = [], []
    for number in range(people):
        jobs = sorted({chance.choice(TRADES)} | ({chance.choice(TRADES)} if chance.random() < 0.3 else set()))
        suitable = sorted({name for job in jobs for name in by_job[job]})
        ranks = chance.sample(suitable, min(wishes, len(suitable)))
        candidates.append({"id": f"c{number:05}", "jobs": jobs, "ranks": ranks})
        scores += [[f"c{number:05}", name, chance.randint(0, 20)] for name in ranks]
    lottery, project_lottery = [one["id"] for one in candidates], list(places)
    chance.shuffle(lottery)
    chance.shuffle(project_lottery)
    return {
        "schema": "eig-matching/1",
        "id": f"benchmark {seed}",
        "kind": "team",
        "candidates": candidates,
        "projects": [
            {
                "id": name,
                "slots": [{"job": job, "count": jobs.count(job)} for job in sorted(set(jobs))],
                "min_size": 2,
            }
            for name, jobs in places.items()
        ],
        "scores": scores,
        "lottery": lottery,
        "project_lottery": project_lottery,
        "policy": {"min_size": policy},
    }


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def team_sizes() -> None:
    print("team, minimum sizes ignored: milliseconds, and ratio to plain deferred acceptance")
    print(f"{'people x projects':>20} {'plain DA':>9} {'with report':>12} {'and checked':>12} {'ratio':>6}")
    for people, projects, repeats in ((120, 20, 20), (475, 20, 20), (5_000, 200, 3), (20_000, 800, 1)):
        instance = team(1, people=people, projects=projects, wishes=5, policy="ignore")
        market = build_market(read_team(instance)).market
        plain = min(seconds(partial(deferred_acceptance, market)) for _ in range(repeats))
        solved = min(seconds(partial(solve_team, instance)) for _ in range(repeats))
        result = solve_team(instance)
        checked = min(seconds(partial(check_team, instance, result)) for _ in range(repeats))
        label, total = f"{people} x {projects}", solved + checked
        print(f"{label:>20} {plain * 1e3:9.1f} {solved * 1e3:12.1f} {total * 1e3:12.1f} {total / plain:6.1f}")


def open_sets(seeds: int = 60) -> None:
    print(
        f"\nteam, minimum of two enforced, {seeds} seeds: closed, runs of deferred acceptance, milliseconds"
    )
    print(f"{'market':>26} {'closed':>7} {'median':>7} {'max':>7} {'ms median':>10} {'ms max':>7}")
    for people, projects, wishes in (
        (120, 20, 2), (120, 20, 5), (80, 20, 2), (60, 20, 2), (60, 20, 5), (40, 20, 5), (30, 20, 5),
        (100, 40, 2), (300, 100, 2),
    ):  # fmt: skip
        runs, times, closed = [], [], []
        for seed in range(seeds):
            search = Search(
                build_market(read_team(team(seed, people=people, projects=projects, wishes=wishes)))
            )
            times.append(seconds(search.run) * 1e3)
            runs.append(search.runs)
            closed.append(projects - search.best.open.bit_count() if search.best else projects)
        label = f"{people} x {projects}, lists of {wishes}"
        print(
            f"{label:>26} {statistics.mean(closed):7.2f} {statistics.median(runs):7.0f} {max(runs):7}"
            f" {statistics.median(times):10.1f} {max(times):7.0f}"
        )


def auditions() -> None:
    print("\nauditions, three per place: milliseconds, people heard first, by fallback, twice")
    for people, projects in ((120, 20), (475, 20), (2_000, 100)):
        base = team(1, people=people, projects=projects, wishes=5)
        chance = random.Random(2)
        instance = {
            **{key: base[key] for key in ("schema", "id", "projects", "lottery")},
            "kind": "audition",
            "candidates": [one | {"dossier": chance.randint(0, 20)} for one in base["candidates"]],
            "auditions_per_place": 3,
            "min_auditions_per_place": 2,
            "max_auditions": 2,
        }
        solved = seconds(partial(allocate_auditions, instance))
        result = allocate_auditions(instance)
        checked = seconds(partial(check_auditions, instance, result))
        sizes = "  ".join(f"{name} {len(result[name])}" for name in ("first", "fallback", "second"))
        print(
            f"{people:>7} x {projects:<4} solved {solved * 1e3:7.1f}  checked {checked * 1e3:7.1f}   {sizes}"
        )


def week(seed: int, *, auditions: int, free: float) -> dict[str, Any]:
    """Five days, four rooms, six slots a half-day, thirty jurors of three types."""
    chance = random.Random(seed)
    half_days, kinds = range(10), ("agent", "DINUM", "outside")
    return {
        "schema": "eig-matching/1",
        "id": f"week {seed}",
        "kind": "timetable",
        "half_days": 10,
        "slots_per_half_day": [6] * 10,
        "rooms": 4,
        "auditions": [
            {
                "id": f"a{n}",
                "candidate": f"c{n % 120}",
                "project": f"p{chance.randrange(20)}",
                "rank": 1 + n // 120,
            }
            for n in range(auditions)
        ],
        "candidate_available": {
            f"c{n}": [day for day in half_days if chance.random() < 0.8] for n in range(120)
        },
        "jurors": [
            {
                "id": f"j{n}",
                "type": kinds[n % 3],
                "available": [day for day in half_days if chance.random() < free],
                "max_half_days": 6,
            }
            for n in range(30)
        ],
        "conflicts": [
            [f"j{chance.randrange(30)}", "candidate", f"c{chance.randrange(120)}"] for _ in range(40)
        ],
        "panel": dict.fromkeys(kinds, 1),
    }


def tight(seed: int) -> dict[str, Any]:
    """240 auditions for 240 seats, everybody free, but one morning a room lacks its third type of juror."""
    instance = week(seed, auditions=240, free=1.0)
    people = [f"c{number}" for number in range(120)]
    instance["candidate_available"] = {name: list(range(10)) for name in people}
    for rank, juror in enumerate(one for one in instance["jurors"] if one["type"] == "DINUM"):
        juror["available"] = [day for day in range(10) if day != 6 or rank < 3]
    return instance


def large(seed: int) -> dict[str, Any]:
    """700 auditions of 450 people for 75 projects, 16 rooms, 120 jurors."""
    chance = random.Random(seed)
    instance = week(seed, auditions=0, free=0.75)
    half_days, kinds = range(10), ("agent", "DINUM", "outside")
    return instance | {
        "rooms": 16,
        "auditions": [
            {
                "id": f"a{n}",
                "candidate": f"c{n % 450}",
                "project": f"p{chance.randrange(75)}",
                "rank": 1 + n // 450,
            }
            for n in range(700)
        ],
        "candidate_available": {
            f"c{n}": [day for day in half_days if chance.random() < 0.8] for n in range(450)
        },
        "jurors": [
            {
                "id": f"j{n}",
                "type": kinds[n % 3],
                "available": [day for day in half_days if chance.random() < 0.75],
                "max_half_days": 6,
            }
            for n in range(120)
        ],
        "conflicts": [
            [f"j{chance.randrange(120)}", "candidate", f"c{chance.randrange(450)}"] for _ in range(160)
        ],
    }


def timetable() -> None:
    print("\ninterview week: placed, proven, processor seconds of the plan and of its check")
    weeks = [
        (f"{auditions}, jurors free {free:.0%}", week(1, auditions=auditions, free=free))
        for auditions, free in ((176, 0.75), (186, 0.75), (240, 0.75), (240, 0.5))
    ]
    weeks += [("240 in 240 seats, tight", tight(1)), ("700, 16 rooms", large(1))]
    for label, instance in weeks:
        began = time.process_time()
        plan = cast(dict[str, Any], plan_timetable(instance))
        planned = time.process_time()
        verdict = check_timetable(instance, plan)
        print(
            f"{label:>26}  placed {len(plan['schedule'])}  proven {plan['proven']}"
            f"  {planned - began:5.1f} + {time.process_time() - planned:4.1f}  {verdict.code}"
        )
        for short in shortages(read_timetable(instance)) if len(plan["schedule"]) < 240 else ():
            if label.endswith("tight"):
                part = "morning" if short.half_day % 2 == 0 else "afternoon"
                print(
                    f"{'':>28}the {part} of day {short.half_day // 2 + 1} opens {short.panels} panels:"
                    f" {dict(short.missing)} missing for one more"
                )


def staff_week() -> None:
    """As the staff compute it: few juries a project; then a juror falls ill."""
    instance = week(1, auditions=186, free=0.75) | {"days": [day // 2 for day in range(10)]}
    spent, plan = _timed(lambda: plan_week(read_timetable(instance), Options(grouped=True)))
    project = {one["id"]: one["project"] for one in instance["auditions"]}
    blocks = {(project[name], place["half_day"], place["room"]) for name, place in plan["schedule"].items()}
    print(
        f"\n186 auditions, one half-day a day, grouped: {spent:.1f} s, {len(blocks)} (project, panel) pairs"
    )
    loads = Counter(juror for panel in plan["panels"] for juror in panel["jurors"])
    ill = max(sorted(loads), key=loads.__getitem__)
    again = instance | {
        "jurors": [one | {"available": []} if one["id"] == ill else one for one in instance["jurors"]],
        "current": {name: plan[name] for name in ("schedule", "panels")},
    }
    spent, moved = _timed(lambda: replan(read_timetable(again), Options(seconds=60)))
    print(
        f"the busiest juror ({loads[ill]} panels) falls ill: {len(moved['moved'])} auditions move,"
        f" at least {moved['moved_bound']} must, proven {moved['proven']}, {spent:.1f} s"
    )


def slot_indexed() -> None:
    """The same week asked slot by slot (the checker's second model): how much longer."""
    instance = week(1, auditions=186, free=0.75)
    ours, _ = _timed(lambda: plan_timetable(instance))
    theirs, found = _timed(lambda: can_place(read_timetable(instance), count=186, seconds=60))
    print(
        f"\n186 auditions: {ours:.1f} s; slot-indexed model {theirs:.1f} s ({found}),"
        f" ratio {theirs / ours:.1f}"
    )


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


PARTS = {
    "team": (team_sizes, open_sets),
    "audition": (auditions,),
    "timetable": (timetable, staff_week, slot_indexed),
}

if __name__ == "__main__":
    for name in sys.argv[1:] or PARTS:
        for part in PARTS[name]:
            part()
