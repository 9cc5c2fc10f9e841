"""How many auditions a week can hold at most, by counting: no solver, immediate, and it says where it is
tight.
"""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass

from matching.interviews.timetable.instance import TimetableInstance


def seat_bound(instance: TimetableInstance) -> int:
    """Panels that each half-day's jurors can form, no more in all than the half-days they agreed to, times
    slots.
    """
    panels = sorted(
        (slots for half_day, slots in enumerate(instance.slots) for _ in range(instance.panels_at(half_day))),
        reverse=True,
    )
    return sum(panels[: panel_bound(instance)])


def panel_bound(instance: TimetableInstance) -> int:
    """Panels that the half-days agreed to by the jurors of each type allow in the whole week."""
    bounds = [instance.rooms * len(instance.slots)]
    for kind, count in instance.panel.items():
        agreed = sum(instance.most_sittings(one) for one in instance.jurors if one.type == kind)
        bounds += [agreed // count] if count else []
    return min(bounds)


@dataclass(frozen=True, slots=True)
class Shortage:
    """A half-day where the jurors who answered cannot open every room."""

    half_day: int
    panels: int
    missing: Mapping[str, int]
    """Type to how many more jurors of it would open one more room."""


def shortages(instance: TimetableInstance) -> list[Shortage]:
    """Where, and for want of whom, rooms stay closed; in the order of the week."""
    found = []
    for half_day in range(len(instance.slots)):
        panels = instance.panels_at(half_day)
        if panels >= instance.rooms:
            continue
        present = Counter(
            juror.type for juror in instance.jurors if half_day in juror.available and juror.max_half_days
        )
        missing = {
            kind: count * (panels + 1) - present[kind]
            for kind, count in instance.panel.items()
            if present[kind] < count * (panels + 1)
        }
        found.append(Shortage(half_day, panels, missing))
    return found


def placement_bound(instance: TimetableInstance) -> int:
    """The same, knowing when candidates can come: a largest flow from candidates by half-days to seats."""
    wanted = Counter(audition.candidate for audition in instance.auditions)
    room = {half_day: instance.panels_at(half_day) * slots for half_day, slots in enumerate(instance.slots)}
    given: Counter[tuple[str, int]] = Counter()
    total = 0
    for candidate, count in sorted(wanted.items()):
        for _ in range(count):
            total += _augment(instance, candidate, room=room, given=given)
    return min(total, seat_bound(instance))


def _augment(
    instance: TimetableInstance, candidate: str, *, room: dict[int, int], given: Counter[tuple[str, int]]
) -> bool:
    """Give the candidate one more seat, moving other candidates to other half-days if need be."""
    came_from: dict[int, tuple[str, int | None]] = {}
    queue: deque[tuple[str, int | None]] = deque([(candidate, None)])
    asked = {candidate}
    while queue:
        person, left = queue.popleft()
        for half_day in sorted(instance.available[person]):
            if half_day in came_from or given[person, half_day] >= instance.slots[half_day]:
                continue
            came_from[half_day] = person, left
            if room[half_day]:
                room[half_day] -= 1
                _follow(came_from, half_day, given=given)
                return True
            for other in sorted(
                name for (name, where), count in given.items() if where == half_day and count
            ):
                if other not in asked:
                    asked.add(other)
                    queue.append((other, half_day))
    return False


def _follow(
    came_from: dict[int, tuple[str, int | None]], half_day: int | None, *, given: Counter[tuple[str, int]]
) -> None:
    while half_day is not None:
        person, left = came_from[half_day]
        given[person, half_day] += 1
        if left is not None:
            given[person, left] -= 1
        half_day = left
