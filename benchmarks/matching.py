"""The algorithms on markets like the programme's and beyond: counts, which no machine changes, then times.

    python benchmarks/matching.py [team] [audition] [timetable]

Ratios are to plain deferred acceptance on the same market in the same minute: they travel, seconds do not.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from matching.interviews.allocation import allocate_auditions
from matching.interviews.allocation.checker import check_auditions
from matching.interviews.timetable import plan_timetable
from matching.interviews.timetable.checker import check_timetable
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
        plain = min(seconds(lambda m=market: deferred_acceptance(m)) for _ in range(repeats))
        solved = min(seconds(lambda i=instance: solve_team(i)) for _ in range(repeats))
        result = solve_team(instance)
        checked = min(seconds(lambda i=instance, r=result: check_team(i, r)) for _ in range(repeats))
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
        solved = seconds(lambda i=instance: allocate_auditions(i))
        result = allocate_auditions(instance)
        checked = seconds(lambda i=instance, r=result: check_auditions(i, r))
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


def timetable() -> None:
    print("\ninterview week, 240 seats: placed, proven, processor seconds of the plan and of its check")
    for auditions, free in ((176, 0.75), (186, 0.75), (240, 0.75), (240, 0.5)):
        instance = week(1, auditions=auditions, free=free)
        began = time.process_time()
        plan = plan_timetable(instance)
        planned = time.process_time()
        verdict = check_timetable(instance, plan)
        label = f"{auditions}, jurors free {free:.0%}"
        print(
            f"{label:>26}  placed {len(plan['schedule'])}  proven {plan['proven']}"
            f"  {planned - began:5.1f} + {time.process_time() - planned:4.1f}  {verdict.code}"
        )


PARTS = {"team": (team_sizes, open_sets), "audition": (auditions,), "timetable": (timetable,)}

if __name__ == "__main__":
    for name in sys.argv[1:] or PARTS:
        for part in PARTS[name]:
            part()
