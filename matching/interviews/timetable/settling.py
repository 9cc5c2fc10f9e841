"""Times of a half-day when some are already told: as many as possible stay, the others fit in.

Without any, `colouring` is enough and needs no solver.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from matching.interviews.timetable.colouring import times
from matching.interviews.timetable.search import Search, total


class SlotModel(Search[dict[str, int]]):
    def __init__(self, edges: Mapping[str, tuple[int, str]], *, count: int) -> None:
        super().__init__()
        self.at = {(name, slot): self.bool() for name in edges for slot in range(count)}
        exclusive: dict[object, list[Any]] = defaultdict(list)
        for (name, slot), variable in self.at.items():
            room, candidate = edges[name]
            exclusive["room", room, slot].append(variable)
            exclusive["candidate", candidate, slot].append(variable)
        for name in edges:
            self.model.add_exactly_one([self.at[name, slot] for slot in range(count)])
        for variables in exclusive.values():
            self.model.add_at_most_one(variables)

    def read(self, value: Any) -> dict[str, int]:
        return {name: slot for (name, slot), at in self.at.items() if value(at)}


def settled(
    edges: Mapping[str, tuple[int, str]], *, count: int, told: Mapping[str, int], pinned: Mapping[str, int]
) -> dict[str, int] | None:
    """Audition to time; the fewest leave the time that was `told`. None when those pinned do not fit."""
    if not told and not pinned:
        return times(edges, count=count)
    model = SlotModel(edges, count=count)
    for name, slot in pinned.items():
        model.model.add(model.at[name, slot] == 1)
    model.model.maximize(total(model.at[name, slot] for name, slot in told.items()))
    return model.solve().answer
