"""Order of solves: everything placed if possible, else as many as possible; then who matters, then fair
loads.
"""

from collections.abc import Mapping

from ortools.sat.python import cp_model

from matching.interviews.timetable.bound import placement_bound
from matching.interviews.timetable.colouring import times
from matching.interviews.timetable.instance import TimetableInstance, read_timetable
from matching.interviews.timetable.model import Answer, Week, WeekModel

EFFORT = 3.0
"""Deterministic seconds for each refinement beyond the number placed, which is exact."""


def plan_timetable(raw: Mapping[str, object]) -> dict[str, object]:
    """The result as in `docs/algorithm.md`. Raises BadInput."""
    return plan(read_timetable(raw))


def plan(instance: TimetableInstance, *, seconds: float | None = None) -> dict[str, object]:
    """`seconds` limits the search for the largest number placed; `proven` says whether it was reached."""
    bound = placement_bound(instance)
    answer = _most(instance, bound=bound, seconds=seconds)
    week = answer.week or Week(heard={}, panels={})
    if 0 < len(week.heard) < len(instance.auditions):
        week = _those_who_matter(instance, week)
    if week.heard:
        week = _fair_loads(instance, week)
    return _written(instance, week, answer=answer)


def _most(instance: TimetableInstance, *, bound: int, seconds: float | None) -> Answer:
    """Deciding that all are placed is much quicker than maximising: it is tried first, where counting allows
    it.
    """
    everything = len(instance.auditions)
    if bound == everything:
        decision = WeekModel(instance)
        decision.model.add(decision.count == everything)
        answer = decision.solve(seconds=seconds)
        if answer.week is not None:
            return Answer(answer.week, proven=True, bound=everything)
    search = WeekModel(instance)
    search.model.add(search.count <= bound)
    search.model.maximize(search.count)
    return search.solve(seconds=seconds)


def _those_who_matter(instance: TimetableInstance, week: Week) -> Week:
    """As many auditions, those of lower rank first: the least total rank among the placed."""
    ranks = {audition.id: audition.rank for audition in instance.auditions}
    refined = WeekModel(instance)
    refined.model.add(refined.count == len(week.heard))
    refined.model.minimize(
        cp_model.LinearExpr.weighted_sum(
            list(refined.heard.values()), [ranks[name] for name, _ in refined.heard]
        )
    )
    refined.hint(week)
    return refined.solve(effort=EFFORT).week or week


def _fair_loads(instance: TimetableInstance, week: Week) -> Week:
    """The same auditions placed; within each type, the least distance between the busiest juror and the
    idlest.
    """
    refined = WeekModel(instance)
    for audition in instance.auditions:
        placed = [heard for (name, _), heard in refined.heard.items() if name == audition.id]
        refined.model.add(cp_model.LinearExpr.sum(placed) == int(audition.id in week.heard))
    spreads = []
    for loads in refined.loads().values():
        least = refined.model.new_int_var(0, len(instance.slots), "")
        most = refined.model.new_int_var(0, len(instance.slots), "")
        refined.model.add_min_equality(least, loads)
        refined.model.add_max_equality(most, loads)
        spreads.append(most - least)
    refined.model.minimize(cp_model.LinearExpr.sum(spreads))
    refined.hint(week)
    return refined.solve(effort=EFFORT).week or week


def _written(instance: TimetableInstance, week: Week, *, answer: Answer) -> dict[str, object]:
    candidate = {audition.id: audition.candidate for audition in instance.auditions}
    schedule: dict[str, dict[str, int]] = {}
    for half_day, slots in enumerate(instance.slots):
        edges = {
            name: (room, candidate[name])
            for name, (day, room) in sorted(week.heard.items())
            if day == half_day
        }
        for name, time in times(edges, count=slots).items():
            schedule[name] = {"half_day": half_day, "room": edges[name][0], "slot": time}
    return {
        "schedule": dict(sorted(schedule.items())),
        "panels": [
            {"half_day": half_day, "room": room, "jurors": list(jurors)}
            for (half_day, room), jurors in sorted(week.panels.items())
            if (half_day, room) in set(week.heard.values())
        ],
        "proven": answer.proven,
    }
