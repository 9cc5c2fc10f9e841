"""Few juries a project: the panels of each half-day being settled, who is heard when so that projects meet
few of them.

Marks are compared inside a project, and two juries have two scales. There is no useful proof: the search
stops at its limit, and the page says which projects are heard by several juries.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from matching.interviews.timetable.days import Days
from matching.interviews.timetable.instance import Audition, TimetableInstance
from matching.interviews.timetable.search import Search, total


class GroupModel(Search[dict[str, int]]):
    def __init__(
        self, instance: TimetableInstance, days: Days, *, stuck: Collection[tuple[str, int]] = ()
    ) -> None:
        """`stuck`: (audition, half-day) whose rooms could not keep apart those who must not meet."""
        super().__init__()
        self.instance, self.days = instance, days
        placed = [audition for audition in instance.auditions if audition.id in days.heard]
        self.heard = {
            (audition.id, day): self.bool()
            for audition in placed
            for day, panels in days.panels.items()
            if panels
            and day in instance.available[audition.candidate]
            and (audition.id, day) not in stuck
            and self._has_room(audition, day)
        }
        groups: dict[object, list[Any]] = defaultdict(list)
        meetings: dict[tuple[str, int], list[Any]] = defaultdict(list)
        for audition in placed:
            for day in range(len(instance.slots)):
                if (audition.id, day) in self.heard:
                    variable = self.heard[audition.id, day]
                    groups["audition", audition.id].append(variable)
                    groups["candidate", audition.candidate, day].append(variable)
                    groups["day", day].append(variable)
                    meetings[audition.project, day].append(variable)
        for audition in placed:
            self.model.add_exactly_one(groups["audition", audition.id])
        for day, panels in days.panels.items():
            self.model.add(total(groups["day", day]) <= instance.slots[day] * panels)
            self.model.add(total(groups["day", day]) >= panels)
        for key, several in groups.items():
            if isinstance(key, tuple) and key[0] == "candidate" and len(several) > instance.slots[key[2]]:
                self.model.add(total(several) <= instance.slots[key[2]])
        for name, (day, _, _) in instance.pinned.schedule.items():
            self.model.add(self.heard[name, day] == 1)
        self.blocks = total(self._blocks(day, several) for (_, day), several in meetings.items())
        for (name, day), heard in self.heard.items():
            self.model.add_hint(heard, days.heard[name] == day)

    def _has_room(self, audition: Audition, day: int) -> bool:
        """Whether jurors of each type who may hear it sit then; with one panel, all of them must."""
        sitting = set(self.days.sitting.get(day, ()))
        jurors = [juror for juror in self.instance.jurors if juror.id in sitting]
        able = [juror for juror in jurors if self.instance.may_hear(juror, audition)]
        if self.days.panels[day] == 1:
            return len(able) == len(jurors)
        return all(
            sum(juror.type == kind for juror in able) >= count for kind, count in self.instance.panel.items()
        )

    def _blocks(self, day: int, heard: list[Any]) -> Any:
        """How many rooms a project needs that half-day."""
        slots = self.instance.slots[day]
        meets, blocks = self.bool(), self.model.new_int_var(0, -(-len(heard) // slots), "")
        for variable in heard:
            self.model.add_implication(variable, meets)
        self.model.add(blocks >= meets)
        self.model.add(total(heard) <= slots * blocks)
        return blocks

    def read(self, value: Any) -> dict[str, int]:
        return {name: day for (name, day), heard in self.heard.items() if value(heard)}
