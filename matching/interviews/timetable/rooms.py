"""Inside a half-day whose people are known: who sits in which room, who is heard there."""

from collections import defaultdict
from typing import Any

from matching.interviews.timetable.days import Days
from matching.interviews.timetable.instance import TimetableInstance
from matching.interviews.timetable.search import Search, total

Rooms = tuple[dict[str, int], dict[str, int]]
"""Audition to room, juror to room."""


class RoomModel(Search[Rooms]):
    def __init__(
        self, instance: TimetableInstance, days: Days, *, half_day: int, everyone: bool = True
    ) -> None:
        """Without `everyone`, as many as possible: who is left must be heard on another half-day."""
        super().__init__()
        self.everyone = everyone
        self.instance, self.half_day = instance, half_day
        names = {name for name, day in days.heard.items() if day == half_day}
        self.auditions = [audition for audition in instance.auditions if audition.id in names]
        sitting = set(days.sitting.get(half_day, ()))
        self.jurors = [juror for juror in instance.jurors if juror.id in sitting]
        self.rooms = self._open(days.panels.get(half_day, 0))
        self.heard = {(audition.id, room): self.bool() for audition in self.auditions for room in self.rooms}
        self.sits = {(juror.id, room): self.bool() for juror in self.jurors for room in self.rooms}
        self._constrain()

    def _open(self, count: int) -> list[int]:
        """The rooms that something is pinned to, then the first ones."""
        held = {room for day, room, _ in self.instance.pinned.schedule.values() if day == self.half_day}
        held |= {room for day, room in self.instance.pinned.panels if day == self.half_day}
        others = [room for room in range(self.instance.rooms) if room not in held]
        return sorted([*held, *others[: max(0, count - len(held))]])

    def _constrain(self) -> None:
        for audition in self.auditions:
            choices = [self.heard[audition.id, room] for room in self.rooms]
            self.model.add_at_most_one(choices)
            if self.everyone:
                self.model.add_bool_or(choices)
        for juror in self.jurors:
            self.model.add_exactly_one([self.sits[juror.id, room] for room in self.rooms])
        for room in self.rooms:
            heard = total(self.heard[audition.id, room] for audition in self.auditions)
            self.model.add(heard <= self.instance.slots[self.half_day])
            if self.everyone:
                self.model.add(heard >= 1)
            for kind, count in self.instance.panel.items():
                present = [self.sits[one.id, room] for one in self.jurors if one.type == kind]
                self.model.add(total(present) == count)
        self._keep_apart()
        self._pin()

    def _keep_apart(self) -> None:
        for juror in self.jurors:
            for audition in self.auditions:
                for room in () if self.instance.may_hear(juror, audition) else self.rooms:
                    self.model.add_at_most_one(self.sits[juror.id, room], self.heard[audition.id, room])

    def _pin(self) -> None:
        for name, (day, room, _) in self.instance.pinned.schedule.items():
            if day == self.half_day:
                self.model.add(self.heard[name, room] == 1)
        for (day, room), jurors in self.instance.pinned.panels.items():
            for juror in jurors if day == self.half_day else ():
                self.model.add(self.sits[juror, room] == 1)

    def blocks(self) -> Any:
        """How many (project, room) meet, added up."""
        project = {audition.id: audition.project for audition in self.auditions}
        of = defaultdict(list)
        for (name, room), heard in self.heard.items():
            of[project[name], room].append(heard)
        blocks = []
        for several in of.values():
            block = self.bool()
            self.model.add_max_equality(block, several)
            blocks.append(block)
        return total(blocks)

    def read(self, value: Any) -> Rooms:
        return (
            {name: room for (name, room), heard in self.heard.items() if value(heard)},
            {juror: room for (juror, room), sits in self.sits.items() if value(sits)},
        )
