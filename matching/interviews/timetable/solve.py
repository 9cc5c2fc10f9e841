"""Order of solves: as many as possible, those who matter first, fair loads, few juries a project; then rooms.

The week is first solved without rooms (`days`), then each half-day on its own (`rooms`). When a half-day's
rooms cannot keep apart those who must not meet, or something pinned stands in the way, the whole week is
solved with its rooms (`model`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from matching.interviews.timetable.bound import placement_bound
from matching.interviews.timetable.days import DayModel, Days
from matching.interviews.timetable.grouping import GroupModel
from matching.interviews.timetable.instance import TimetableInstance, read_timetable
from matching.interviews.timetable.model import Week, WeekModel
from matching.interviews.timetable.rooms import RoomModel
from matching.interviews.timetable.search import Found, total
from matching.interviews.timetable.settling import settled

EFFORT = 3.0
"""Deterministic seconds for each refinement beyond the number placed, which is exact."""
GROUPING = 1.0
ROUNDS = 6

Tell = Callable[[str, int], None]
"""Hears the stage under way and how far the whole is, in hundredths."""


def _silent(stage: str, percent: int) -> None:
    return


@dataclass(frozen=True, slots=True)
class Options:
    seconds: float | None = None
    """Limits the search for the largest number placed; `proven` says whether it was reached."""
    grouped: bool = False
    """Also look for few juries a project; it has no useful proof, hence never ends before its limit."""
    tell: Tell = _silent


@dataclass(frozen=True, slots=True)
class Chosen:
    week: Week
    proven: bool
    bound: int


def plan_timetable(raw: Mapping[str, object]) -> dict[str, object]:
    """The result as in `docs/algorithm.md`. Raises BadInput."""
    return plan(read_timetable(raw))


def plan(instance: TimetableInstance, options: Options | None = None) -> dict[str, object]:
    options = options or Options()
    options.tell("counting", 5)
    bound = placement_bound(instance)
    chosen = _by_days(instance, bound=bound, options=options)
    result = written(instance, chosen.week) if chosen else None
    if chosen is None or result is None:
        options.tell("whole_week", 40)
        chosen = _whole_week(instance, bound=bound, options=options)
        result = written(instance, chosen.week) or {"schedule": {}, "panels": []}
    return {**result, "proven": chosen.proven, "bound": chosen.bound}


def _by_days(instance: TimetableInstance, *, bound: int, options: Options) -> Chosen | None:
    """None when the rooms of a half-day cannot hold what the days promised."""
    options.tell("half_days", 10)
    most = _most_by_days(instance, bound=bound, seconds=options.seconds)
    if most.answer is None:
        return None
    days = most.answer
    if days.heard:
        days = _refined(instance, days, options=options)
    stuck: set[tuple[str, int]] = set()
    for _ in range(ROUNDS):
        found = _rooms(instance, days, options=options)
        if isinstance(found, Week):
            return Chosen(found, proven=most.proven, bound=most.bound)
        # Somebody's jurors could not be kept apart there: they are heard on another half-day.
        stuck |= found
        if not found or (again := _regrouped(instance, days, stuck=stuck, options=options)) is None:
            return None
        days = again
    return None


def _regrouped(
    instance: TimetableInstance, days: Days, *, stuck: set[tuple[str, int]], options: Options
) -> Days | None:
    """The same panels, people elsewhere; grouped if asked."""
    search = GroupModel(instance, days, stuck=stuck)
    if options.grouped:
        search.model.minimize(search.blocks)
    heard = search.solve(effort=GROUPING).answer
    return replace(days, heard=heard) if heard else None


def _most_by_days(instance: TimetableInstance, *, bound: int, seconds: float | None) -> Found[Days]:
    """Deciding that all fit is quicker than maximising: it is tried first, where counting allows it."""
    everything = len(instance.auditions)
    if bound == everything:
        decision = DayModel(instance)
        decision.model.add(decision.count == everything)
        found = decision.solve(seconds=seconds)
        if found.answer is not None:
            return Found(found.answer, proven=True, bound=everything)
    search = DayModel(instance)
    search.model.add(search.count <= bound)
    search.model.maximize(search.count)
    return search.solve(seconds=seconds)


def _refined(instance: TimetableInstance, days: Days, *, options: Options) -> Days:
    """Each objective in turn, the former ones kept at what they reached."""
    if len(days.heard) < len(instance.auditions):
        options.tell("ranks", 20)
        search = DayModel(instance)
        search.model.add(search.count == len(days.heard))
        search.model.minimize(search.least_ranks())
        days = _better(search, days)
    options.tell("fairness", 30)
    search = DayModel(instance)
    search.keep(days)
    search.model.minimize(search.spread())
    search.hint(days)
    found = search.solve(effort=EFFORT)
    if found.answer is None:
        return days
    days = found.answer
    if options.grouped:
        options.tell("grouping", 45)
        days = _regrouped(instance, days, stuck=set(), options=options) or days
    return days


def _better(search: DayModel, days: Days) -> Days:
    search.hint(days)
    return search.solve(effort=EFFORT).answer or days


def _rooms(instance: TimetableInstance, days: Days, *, options: Options) -> Week | set[tuple[str, int]]:
    """The week, or who cannot be heard where they were put (nobody, when the panels themselves fail)."""
    heard: dict[str, tuple[int, int]] = {}
    panels: dict[tuple[int, int], list[str]] = {}
    stuck: set[tuple[str, int]] = set()
    for half_day in sorted(day for day, count in days.panels.items() if count):
        options.tell("rooms", 60 + 30 * half_day // len(instance.slots))
        search = RoomModel(instance, days, half_day=half_day)
        if options.grouped:
            search.model.minimize(search.blocks())
        found = search.solve(effort=EFFORT).answer
        if found is None:
            stuck |= _stuck(instance, days, half_day=half_day)
            continue
        heard |= {name: (half_day, room) for name, room in found[0].items()}
        for juror, room in found[1].items():
            panels.setdefault((half_day, room), []).append(juror)
    failed = len(heard) < len(days.heard)
    return stuck if failed else Week(heard, {seat: tuple(sorted(names)) for seat, names in panels.items()})


def _stuck(instance: TimetableInstance, days: Days, *, half_day: int) -> set[tuple[str, int]]:
    search = RoomModel(instance, days, half_day=half_day, everyone=False)
    search.model.maximize(total(search.heard.values()))
    found = search.solve(effort=EFFORT).answer
    here = {name for name, day in days.heard.items() if day == half_day}
    return {(name, half_day) for name in here - set(found[0])} if found else set()


def _whole_week(instance: TimetableInstance, *, bound: int, options: Options) -> Chosen:
    everything = len(instance.auditions)
    week: Week | None = None
    if bound == everything:
        decision = WeekModel(instance)
        decision.model.add(decision.count == everything)
        week = decision.solve(seconds=options.seconds).answer
    if week is not None:
        return Chosen(_fair_loads(instance, week), proven=True, bound=everything)
    search = WeekModel(instance)
    search.model.add(search.count <= bound)
    search.model.maximize(search.count)
    most = search.solve(seconds=options.seconds)
    week = most.answer or Week(heard={}, panels={})
    if 0 < len(week.heard) < everything:
        week = _those_who_matter(instance, week)
    if week.heard:
        week = _fair_loads(instance, week)
    return Chosen(week, proven=most.proven, bound=most.bound if most.answer else bound)


def _those_who_matter(instance: TimetableInstance, week: Week) -> Week:
    """As many auditions, those of lower rank first: the least total rank among the placed."""
    ranks = {audition.id: audition.rank for audition in instance.auditions}
    refined = WeekModel(instance)
    refined.model.add(refined.count == len(week.heard))
    refined.model.minimize(total(ranks[name] * heard for (name, _), heard in refined.heard.items()))
    refined.hint(week)
    return refined.solve(effort=EFFORT).answer or week


def _fair_loads(instance: TimetableInstance, week: Week) -> Week:
    """The same auditions placed; within each type, the least distance between busiest and idlest juror."""
    refined = WeekModel(instance)
    for audition in instance.auditions:
        placed = [heard for (name, _), heard in refined.heard.items() if name == audition.id]
        refined.model.add(total(placed) == int(audition.id in week.heard))
    spreads = []
    for loads in refined.loads().values():
        least, most = (refined.model.new_int_var(0, len(instance.slots), "") for _ in range(2))
        refined.model.add_min_equality(least, loads)
        refined.model.add_max_equality(most, loads)
        spreads.append(most - least)
    refined.model.minimize(total(spreads))
    refined.hint(week)
    return refined.solve(effort=EFFORT).answer or week


def written(instance: TimetableInstance, week: Week) -> dict[str, object] | None:
    """The week with its times; None when what is pinned leaves none."""
    candidate = {audition.id: audition.candidate for audition in instance.auditions}
    schedule: dict[str, dict[str, int]] = {}
    for half_day, slots in enumerate(instance.slots):
        edges = {
            name: (room, candidate[name])
            for name, (day, room) in sorted(week.heard.items())
            if day == half_day
        }
        told = {
            name: slot
            for name, (day, room, slot) in instance.current.schedule.items()
            if name in edges and (day, room) == (half_day, edges[name][0]) and slot < slots
        }
        pinned = {name: slot for name, (_, _, slot) in instance.pinned.schedule.items() if name in edges}
        found = settled(edges, count=slots, told=told, pinned=pinned)
        if found is None:
            return None
        for name, time in found.items():
            schedule[name] = {"half_day": half_day, "room": edges[name][0], "slot": time}
    return {
        "schedule": dict(sorted(schedule.items())),
        "panels": [
            {"half_day": half_day, "room": room, "jurors": list(jurors)}
            for (half_day, room), jurors in sorted(week.panels.items())
            if (half_day, room) in set(week.heard.values())
        ],
    }
