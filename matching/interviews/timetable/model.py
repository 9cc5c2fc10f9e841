"""The week as CP-SAT sees it: which half-day and room for each audition, which jurors on each panel, no
times.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from matching.interviews.timetable.instance import TimetableInstance
from matching.interviews.timetable.search import Search, total

Seat = tuple[int, int]
"""(half-day, room)"""


@dataclass(frozen=True, slots=True)
class Week:
    """One choice of everything but times."""

    heard: dict[str, Seat]
    """Audition to where it is heard."""
    panels: dict[Seat, tuple[str, ...]]
    """Where a panel sits to its jurors, in alphabetical order."""


class WeekModel(Search[Week]):
    """Variables `heard[audition, seat]`, `sits[juror, seat]`, `used[seat]`: 7,000 to 9,000 in a real week."""

    def __init__(self, instance: TimetableInstance) -> None:
        super().__init__()
        self.instance = instance
        # Nothing tells rooms apart, unless someone was told of one.
        self.rooms_alike = not (instance.pinned.panels or instance.pinned.schedule or instance.current.panels)
        self.seats: list[Seat] = [
            (half_day, room)
            for half_day, slots in enumerate(instance.slots)
            for room in range(self._rooms(half_day) if slots else 0)
        ]
        self.used = {seat: self.bool() for seat in self.seats}
        self.heard = {
            (audition.id, seat): self.bool()
            for audition in instance.auditions
            for seat in self.seats
            if seat[0] in instance.available[audition.candidate]
        }
        self.sits = {
            (juror.id, seat): self.bool()
            for juror in instance.jurors
            for seat in self.seats
            if seat[0] in juror.available and instance.panel.get(juror.type, 0)
        }
        self.count = total(self.heard.values())
        self._hear_once()
        self._fill_rooms()
        self._seat_panels()
        self._spare_jurors()
        self._keep_apart()
        self._pin()

    def _rooms(self, half_day: int) -> int:
        return self.instance.panels_at(half_day) if self.rooms_alike else self.instance.rooms

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
                self.model.add(total(heard for _, heard in several) <= self.instance.slots[half_day])

    def _fill_rooms(self) -> None:
        """A used room hears at most one audition a slot. Rooms being alike, the first are used first."""
        in_seat = defaultdict(list)
        for (_, seat), heard in self.heard.items():
            in_seat[seat].append(heard)
        for half_day, room in self.seats:
            seat = half_day, room
            self.model.add(total(in_seat[seat]) <= self.instance.slots[half_day] * self.used[seat])
            self.model.add(total(in_seat[seat]) >= self.used[seat])
            if room and self.rooms_alike:
                self.model.add_implication(self.used[seat], self.used[half_day, room - 1])

    def _seat_panels(self) -> None:
        """Exactly so many jurors of each type where the room is used, none where it is not."""
        of_type = defaultdict(list)
        kind = {juror.id: juror.type for juror in self.instance.jurors}
        for (juror, seat), sits in self.sits.items():
            of_type[seat, kind[juror]].append(sits)
        for seat in self.seats:
            for name, count in self.instance.panel.items():
                self.model.add(total(of_type[seat, name]) == count * self.used[seat])

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
                self.model.add(total(in_all[member.id]) <= member.max_half_days)
            for half_days in self.instance.same_day().values():
                sits = [panel for day in half_days for panel in at_once[member.id, day]]
                self.model.add_at_most_one(sits)

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

    def _pin(self) -> None:
        for name, (half_day, room, _) in self.instance.pinned.schedule.items():
            self.model.add(self.heard[name, (half_day, room)] == 1)
        for seat, jurors in self.instance.pinned.panels.items():
            for juror in jurors:
                self.model.add(self.sits[juror, seat] == 1)

    def loads(self) -> dict[str, list[Any]]:
        """Type to the number of panels of each of its jurors."""
        sits = defaultdict(list)
        for (juror, _), variable in self.sits.items():
            sits[juror].append(variable)
        loads = defaultdict(list)
        for member in self.instance.jurors:
            if member.id in sits:
                loads[member.type].append(total(sits[member.id]))
        return loads

    def hint(self, week: Week) -> None:
        for (name, seat), heard in self.heard.items():
            self.model.add_hint(heard, week.heard.get(name) == seat)
        for (juror, seat), sits in self.sits.items():
            self.model.add_hint(sits, juror in week.panels.get(seat, ()))
        for seat, used in self.used.items():
            self.model.add_hint(used, seat in week.panels)

    def read(self, value: Any) -> Week:
        jurors: dict[Seat, list[str]] = {seat: [] for seat in self.seats if value(self.used[seat])}
        for (juror, seat), sits in self.sits.items():
            if value(sits):
                jurors[seat].append(juror)
        return Week(
            heard={name: seat for (name, seat), heard in self.heard.items() if value(heard)},
            panels={seat: tuple(sorted(names)) for seat, names in jurors.items()},
        )
