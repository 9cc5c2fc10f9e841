"""The week without rooms: who is heard on which half-day, which jurors sit then, how many panels open.

Rooms being alike, this is most of the problem and a small part of its size. Without rooms, it can only
promise too much: a week of rooms that holds as many is therefore a largest one.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from matching.interviews.timetable.instance import TimetableInstance
from matching.interviews.timetable.search import Search, total


@dataclass(frozen=True, slots=True)
class Days:
    heard: dict[str, int]
    """Audition to half-day."""
    sitting: dict[int, tuple[str, ...]]
    """Half-day to the jurors who sit."""
    panels: dict[int, int]
    """Half-day to its number of panels."""


class DayModel(Search[Days]):
    def __init__(self, instance: TimetableInstance) -> None:
        super().__init__()
        self.instance = instance
        half_days = [day for day, slots in enumerate(instance.slots) if slots and instance.panels_at(day)]
        self.panels = {day: self.model.new_int_var(0, instance.panels_at(day), "") for day in half_days}
        self.heard = {
            (audition.id, day): self.bool()
            for audition in instance.auditions
            for day in half_days
            if day in instance.available[audition.candidate]
        }
        self.sits = {
            (juror.id, day): self.bool()
            for juror in instance.jurors
            for day in half_days
            if day in juror.available and instance.panel.get(juror.type, 0)
        }
        self.count = total(self.heard.values())
        self._fill()
        self._seat()
        self._pin()

    def _fill(self) -> None:
        at, of, here = defaultdict(list), defaultdict(list), defaultdict(list)
        candidate = {audition.id: audition.candidate for audition in self.instance.auditions}
        for (name, day), heard in self.heard.items():
            at[day].append(heard)
            of[name].append(heard)
            here[candidate[name], day].append(heard)
        for choices in of.values():
            self.model.add_at_most_one(choices)
        for day, panels in self.panels.items():
            self.model.add(total(at[day]) <= self.instance.slots[day] * panels)
            self.model.add(total(at[day]) >= panels)
        for (_, day), several in here.items():
            if len(several) > self.instance.slots[day]:
                self.model.add(total(several) <= self.instance.slots[day])

    def _seat(self) -> None:
        kind = {juror.id: juror.type for juror in self.instance.jurors}
        of_type, of_juror = defaultdict(list), defaultdict(list)
        for (juror, day), sits in self.sits.items():
            of_type[day, kind[juror]].append(sits)
            of_juror[juror].append((day, sits))
        for day, panels in self.panels.items():
            for name, count in self.instance.panel.items():
                self.model.add(total(of_type[day, name]) == count * panels)
        for member in self.instance.jurors:
            sittings = of_juror[member.id]
            if len(sittings) > member.max_half_days:
                self.model.add(total(sits for _, sits in sittings) <= member.max_half_days)
            for half_days in self.instance.same_day().values():
                self.model.add_at_most_one([sits for day, sits in sittings if day in half_days])

    def _pin(self) -> None:
        rooms = defaultdict(set)
        for name, (day, room, _) in self.instance.pinned.schedule.items():
            self.model.add(self.heard[name, day] == 1)
            rooms[day].add(room)
        for (day, room), jurors in self.instance.pinned.panels.items():
            rooms[day].add(room)
            for juror in jurors:
                self.model.add(self.sits[juror, day] == 1)
        for day, held in rooms.items():
            self.model.add(self.panels[day] >= len(held))

    def least_ranks(self) -> Any:
        ranks = {audition.id: audition.rank for audition in self.instance.auditions}
        return cp_model.LinearExpr.weighted_sum(
            list(self.heard.values()), [ranks[name] for name, _ in self.heard]
        )

    def spread(self) -> Any:
        """Within each type, the distance between the busiest juror and the idlest, added up."""
        sits, loads = defaultdict(list), defaultdict(list)
        for (juror, _), variable in self.sits.items():
            sits[juror].append(variable)
        for member in self.instance.jurors:
            if member.id in sits:
                loads[member.type].append(total(sits[member.id]))
        spreads = []
        for of_type in loads.values():
            least, most = (self.model.new_int_var(0, len(self.instance.slots), "") for _ in range(2))
            self.model.add_min_equality(least, of_type)
            self.model.add_max_equality(most, of_type)
            spreads.append(most - least)
        return total(spreads)

    def keep(self, days: Days) -> None:
        """The same auditions are placed, on whichever half-day."""
        of = defaultdict(list)
        for (name, _), heard in self.heard.items():
            of[name].append(heard)
        for name, choices in of.items():
            self.model.add(total(choices) == int(name in days.heard))

    def hint(self, days: Days) -> None:
        for (name, day), heard in self.heard.items():
            self.model.add_hint(heard, days.heard.get(name) == day)
        for (juror, day), sits in self.sits.items():
            self.model.add_hint(sits, juror in days.sitting.get(day, ()))
        for day, panels in self.panels.items():
            self.model.add_hint(panels, days.panels.get(day, 0))

    def read(self, value: Any) -> Days:
        return Days(
            heard={name: day for (name, day), heard in self.heard.items() if value(heard)},
            sitting={
                day: tuple(juror for (juror, when), sits in self.sits.items() if when == day and value(sits))
                for day in self.panels
            },
            panels={day: value(panels) for day, panels in self.panels.items()},
        )
