"""The week as CP-SAT sees it: which half-day and room for each audition, which jurors on each panel, no
times.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from matching.interviews.timetable.instance import TimetableInstance

Seat = tuple[int, int]
"""(half-day, room)"""

SEED = 2026
WORKERS = 1


@dataclass(frozen=True, slots=True)
class Week:
    """One choice of everything but times."""

    heard: dict[str, Seat]
    """Audition to where it is heard."""
    panels: dict[Seat, tuple[str, ...]]
    """Where a panel sits to its jurors, in alphabetical order."""


@dataclass(frozen=True, slots=True)
class Answer:
    week: Week | None
    proven: bool
    """Whether the solver showed that nothing is better, or that nothing is possible."""
    bound: int
    """No answer has a greater objective."""


class WeekModel:
    """Variables `heard[audition, seat]`, `sits[juror, seat]`, `used[seat]`: 7,000 to 9,000 in a real week."""

    def __init__(self, instance: TimetableInstance) -> None:
        self.instance = instance
        self.model = cp_model.CpModel()
        self.seats: list[Seat] = [
            (half_day, room)
            for half_day, slots in enumerate(instance.slots)
            for room in range(instance.panels_at(half_day) if slots else 0)
        ]
        self.used = {seat: self._bool() for seat in self.seats}
        self.heard = {
            (audition.id, seat): self._bool()
            for audition in instance.auditions
            for seat in self.seats
            if seat[0] in instance.available[audition.candidate]
        }
        self.sits = {
            (juror.id, seat): self._bool()
            for juror in instance.jurors
            for seat in self.seats
            if seat[0] in juror.available and instance.panel.get(juror.type, 0)
        }
        self.count = _total(self.heard.values())
        self._hear_once()
        self._fill_rooms()
        self._seat_panels()
        self._spare_jurors()
        self._keep_apart()

    def _bool(self) -> Any:
        return self.model.new_bool_var("")

    def _hear_once(self) -> None:
        """An audition is heard once at most, a candidate no more often in a half-day than it has slots."""
        seats_of, of_candidate = defaultdict(list), defaultdict(list)
        candidate = {audition.id: audition.candidate for audition in self.instance.auditions}
        for (name, seat), heard in self.heard.items():
            seats_of[name].append(heard)
            of_candidate[candidate[name], seat[0]].append((name, heard))
        for choices in seats_of.values():
            self.model.add_at_most_one(choices)
        for (_, half_day), several in of_candidate.items():
            if len({name for name, _ in several}) > self.instance.slots[half_day]:
                self.model.add(_total(heard for _, heard in several) <= self.instance.slots[half_day])

    def _fill_rooms(self) -> None:
        """A used room hears at most one audition a slot. Rooms being alike, the first are used first."""
        in_seat = defaultdict(list)
        for (_, seat), heard in self.heard.items():
            in_seat[seat].append(heard)
        for half_day, room in self.seats:
            seat = half_day, room
            self.model.add(_total(in_seat[seat]) <= self.instance.slots[half_day] * self.used[seat])
            self.model.add(_total(in_seat[seat]) >= self.used[seat])
            if room:
                self.model.add_implication(self.used[seat], self.used[half_day, room - 1])

    def _seat_panels(self) -> None:
        """Exactly so many jurors of each type where the room is used, none where it is not."""
        of_type = defaultdict(list)
        kind = {juror.id: juror.type for juror in self.instance.jurors}
        for (juror, seat), sits in self.sits.items():
            of_type[seat, kind[juror]].append(sits)
        for seat in self.seats:
            for name, count in self.instance.panel.items():
                self.model.add(_total(of_type[seat, name]) == count * self.used[seat])

    def _spare_jurors(self) -> None:
        """One panel at a time, no more half-days than agreed."""
        at_once, in_all = defaultdict(list), defaultdict(list)
        for (juror, seat), sits in self.sits.items():
            at_once[juror, seat[0]].append(sits)
            in_all[juror].append(sits)
        for panels in at_once.values():
            self.model.add_at_most_one(panels)
        for member in self.instance.jurors:
            if len(in_all[member.id]) > member.max_half_days:
                self.model.add(_total(in_all[member.id]) <= member.max_half_days)

    def _keep_apart(self) -> None:
        """No juror hears a candidate or a project they have a conflict with."""
        auditions = {audition.id: audition for audition in self.instance.auditions}
        jurors = {juror.id: juror for juror in self.instance.jurors}
        apart = {
            (juror.id, audition.id)
            for juror in jurors.values()
            for audition in auditions.values()
            if not self.instance.may_hear(juror, audition)
        }
        for juror, audition in sorted(apart):
            for seat in self.seats:
                if (juror, seat) in self.sits and (audition, seat) in self.heard:
                    self.model.add_at_most_one(self.sits[juror, seat], self.heard[audition, seat])

    def loads(self) -> dict[str, list[Any]]:
        """Type to the number of panels of each of its jurors."""
        sits = defaultdict(list)
        for (juror, _), variable in self.sits.items():
            sits[juror].append(variable)
        loads = defaultdict(list)
        for member in self.instance.jurors:
            if member.id in sits:
                loads[member.type].append(_total(sits[member.id]))
        return loads

    def hint(self, week: Week) -> None:
        for (name, seat), heard in self.heard.items():
            self.model.add_hint(heard, week.heard.get(name) == seat)
        for (juror, seat), sits in self.sits.items():
            self.model.add_hint(sits, juror in week.panels.get(seat, ()))
        for seat, used in self.used.items():
            self.model.add_hint(used, seat in week.panels)

    def solve(self, *, seconds: float | None = None, effort: float | None = None) -> Answer:
        """`effort` is CP-SAT's deterministic time: the same answer whatever else the machine does."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = WORKERS
        solver.parameters.random_seed = SEED
        if seconds is not None:
            solver.parameters.max_time_in_seconds = seconds
        if effort is not None:
            solver.parameters.max_deterministic_time = effort
        status = solver.solve(self.model)
        if status == cp_model.MODEL_INVALID:
            raise RuntimeError(self.model.validate())
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return Answer(
            week=self._week(solver) if found else None,
            proven=status in (cp_model.OPTIMAL, cp_model.INFEASIBLE),
            bound=int(solver.best_objective_bound),
        )

    def _week(self, solver: cp_model.CpSolver) -> Week:
        jurors: dict[Seat, list[str]] = {seat: [] for seat in self.seats if solver.value(self.used[seat])}
        for (juror, seat), sits in self.sits.items():
            if solver.value(sits):
                jurors[seat].append(juror)
        return Week(
            heard={name: seat for (name, seat), heard in self.heard.items() if solver.value(heard)},
            panels={seat: tuple(sorted(names)) for seat, names in jurors.items()},
        )


def _total(variables: Iterable[Any]) -> Any:
    return cp_model.LinearExpr.sum(list(variables))
