"""How many auditions a week can hold, by models that share nothing with the planner's.

`can_place` derives nothing: one variable for each audition, half-day, room and slot, and the rules word for
word. `most_by_counts` forgets rooms and conflicts and only counts, hence never says too little; it is often
enough.
"""

from collections import Counter, defaultdict
from typing import Any

from ortools.sat.python import cp_model

from matching.interviews.timetable.instance import TimetableInstance


def can_place(instance: TimetableInstance, *, count: int, seconds: float) -> bool | None:
    """None when the time was not enough to know."""
    model = cp_model.CpModel()
    heard = _auditions(instance, model)
    sits = _panels(instance, model, heard=heard)
    _conflicts(instance, model, heard=heard, sits=sits)
    for name, (half_day, room, slot) in instance.pinned.schedule.items():
        model.add(heard[name, half_day, room, slot] == 1)
    for (half_day, room), jurors in instance.pinned.panels.items():
        for juror in jurors:
            model.add(sits[juror, half_day, room] == 1)
    model.add(cp_model.LinearExpr.sum(list(heard.values())) >= count)
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status == cp_model.UNKNOWN:
        return None
    return status != cp_model.INFEASIBLE


def most_by_counts(instance: TimetableInstance) -> int:
    """No plan places more: people, seats and jurors counted by half-day."""
    model = cp_model.CpModel()
    days = range(len(instance.slots))
    sits = {(one.id, day): model.new_bool_var("") for one in instance.jurors for day in one.available}
    panels = [model.new_int_var(0, instance.rooms, "") for _ in days]
    for juror in instance.jurors:
        model.add(
            cp_model.LinearExpr.sum([sits[juror.id, day] for day in juror.available]) <= juror.max_half_days
        )
        for whole in sorted(set(instance.days)):
            model.add_at_most_one(
                sits[juror.id, day] for day in juror.available if instance.days[day] == whole
            )
    for day in days:
        for kind, count in instance.panel.items():
            present = [
                sits[one.id, day] for one in instance.jurors if one.type == kind and day in one.available
            ]
            model.add(cp_model.LinearExpr.sum(present) == count * panels[day])
    heard: dict[tuple[str, int], Any] = {}
    for candidate, wanted in Counter(audition.candidate for audition in instance.auditions).items():
        for day in instance.available[candidate]:
            heard[candidate, day] = model.new_int_var(0, min(wanted, instance.slots[day]), "")
        model.add(
            cp_model.LinearExpr.sum([heard[candidate, day] for day in instance.available[candidate]])
            <= wanted
        )
    for day in days:
        here = [count for (_, when), count in heard.items() if when == day]
        model.add(cp_model.LinearExpr.sum(here) <= instance.slots[day] * panels[day])
    model.maximize(cp_model.LinearExpr.sum(list(heard.values())))
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = 30
    solver.solve(model)
    return int(solver.best_objective_bound)


Heard = dict[tuple[str, int, int, int], Any]
Sits = dict[tuple[str, int, int], Any]


def _auditions(instance: TimetableInstance, model: cp_model.CpModel) -> Heard:
    """Once at most; one audition a room and slot; a candidate in one place at a time."""
    candidate = {audition.id: audition.candidate for audition in instance.auditions}
    heard: Heard = {
        (name, half_day, room, slot): model.new_bool_var("")
        for name, who in candidate.items()
        for half_day in sorted(instance.available[who])
        for room in range(instance.rooms)
        for slot in range(instance.slots[half_day])
    }
    exclusive: dict[object, list[Any]] = defaultdict(list)
    for (name, half_day, room, slot), variable in heard.items():
        exclusive["audition", name].append(variable)
        exclusive["room", half_day, room, slot].append(variable)
        exclusive["candidate", candidate[name], half_day, slot].append(variable)
    for variables in exclusive.values():
        model.add_at_most_one(variables)
    return heard


def _panels(instance: TimetableInstance, model: cp_model.CpModel, *, heard: Heard) -> Sits:
    """Where anyone is heard there is a full panel, of available jurors who sit once a half-day and not too
    often.
    """
    sits: Sits = {
        (juror.id, half_day, room): model.new_bool_var("")
        for juror in instance.jurors
        for half_day in sorted(juror.available)
        for room in range(instance.rooms)
    }
    for juror in instance.jurors:
        panels = [
            [sits[juror.id, half_day, room] for room in range(instance.rooms)] for half_day in juror.available
        ]
        for at_once in panels:
            model.add_at_most_one(at_once)
        model.add(
            cp_model.LinearExpr.sum([sits_then for at_once in panels for sits_then in at_once])
            <= juror.max_half_days
        )
        for day in sorted(set(instance.days)):
            model.add_at_most_one(
                sits[juror.id, half_day, room]
                for half_day in sorted(juror.available)
                for room in range(instance.rooms)
                if instance.days[half_day] == day
            )
    open_rooms = {
        (half_day, room): model.new_bool_var("")
        for half_day in range(len(instance.slots))
        for room in range(instance.rooms)
    }
    for (half_day, room), is_open in open_rooms.items():
        for kind in sorted({juror.type for juror in instance.jurors} | set(instance.panel)):
            present = [
                sits[juror.id, half_day, room]
                for juror in instance.jurors
                if juror.type == kind and half_day in juror.available
            ]
            model.add(cp_model.LinearExpr.sum(present) == instance.panel.get(kind, 0) * is_open)
    for (_, half_day, room, _), variable in heard.items():
        model.add_implication(variable, open_rooms[half_day, room])
    return sits


def _conflicts(instance: TimetableInstance, model: cp_model.CpModel, *, heard: Heard, sits: Sits) -> None:
    by_audition = defaultdict(list)
    for (name, half_day, room, _), variable in heard.items():
        by_audition[name].append((half_day, room, variable))
    for juror in instance.jurors:
        for audition in instance.auditions:
            if instance.may_hear(juror, audition):
                continue
            for half_day, room, variable in by_audition[audition.id]:
                if (juror.id, half_day, room) in sits:
                    model.add_at_most_one(variable, sits[juror.id, half_day, room])
