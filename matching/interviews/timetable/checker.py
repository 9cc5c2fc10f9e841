"""The independent checker of `timetable` results: every rule on the result as it is written, then the number
placed.

The number placed is compared with what counting allows and, when that does not settle it, with a second
model, slot by slot, that shares nothing with the planner's (`proof.py`).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from matching.interviews.timetable.instance import TimetableInstance, read_timetable
from matching.stable.proof.verdict import Broken, Verdict, verdict_of
from matching.stable.reading import BadInput, Field

UNSETTLED = Verdict(sentence="Every rule holds; whether more could be placed was not settled in time.")


@dataclass(frozen=True, slots=True)
class Times:
    """Audition to (half-day, room, slot); (half-day, room) to jurors."""

    schedule: dict[str, tuple[int, int, int]]
    panels: dict[tuple[int, int], tuple[str, ...]]


def check_timetable(
    raw: Mapping[str, object], result: object, *, seconds: float = 120, most: bool = True
) -> Verdict:
    """Whether the plan breaks no rule and places as many as possible. Raises BadInput on a malformed
    instance.

    Without `most`, the number placed is left aside: for plans that do not claim to hold the most.
    When the second model has not settled within `seconds` whether one more fits, the verdict is "ok" and says
    so.
    """
    instance = read_timetable(raw)
    verdict = verdict_of(lambda: _check(instance, _read(result)))
    if not verdict.ok or not most:
        return verdict
    placed = len(_read(result).schedule)
    proof = import_module("matching.interviews.timetable.proof")
    if placed >= proof.most_by_counts(instance):
        return verdict
    more = proof.can_place(instance, count=placed + 1, seconds=seconds)
    if more is None:
        return UNSETTLED
    return Verdict("most_placed", f"More than {placed} auditions can be placed.") if more else verdict


def _read(result: object) -> Times:
    root = Field(result, "result")
    try:
        schedule = {
            name: (field.get("half_day").integer(), field.get("room").integer(), field.get("slot").integer())
            for name, field in root.get("schedule").members()
        }
        panels: dict[tuple[int, int], tuple[str, ...]] = {}
        for field in root.get("panels").items():
            seat = field.get("half_day").integer(), field.get("room").integer()
            if seat in panels:
                raise field.refuse("there are two panels for this half-day and room")
            panels[seat] = field.get("jurors").texts()
    except BadInput as refusal:
        raise Broken("shape", str(refusal)) from refusal
    return Times(schedule, panels)


def _check(instance: TimetableInstance, times: Times) -> None:
    _check_panels(instance, times)
    _check_jurors(instance, times)
    _check_auditions(instance, times)
    _check_conflicts(instance, times)
    _check_pinned(instance, times)


def _check_panels(instance: TimetableInstance, times: Times) -> None:
    kinds = {juror.id: juror.type for juror in instance.jurors}
    wanted = Counter({kind: count for kind, count in instance.panel.items() if count})
    for (half_day, room), jurors in times.panels.items():
        where = f"The panel of half-day {half_day}, room {room}"
        if not (0 <= half_day < len(instance.slots) and 0 <= room < instance.rooms):
            raise Broken("unknown_id", f"{where} is nowhere in the week.")
        if unknown := sorted(set(jurors) - kinds.keys()):
            raise Broken("unknown_id", f"{where} has {unknown[0]!r}, who is no juror.")
        if len(set(jurors)) < len(jurors) or Counter(kinds[juror] for juror in jurors) != wanted:
            raise Broken("panel", f"{where} does not have exactly {dict(wanted)!r}.")


def _check_jurors(instance: TimetableInstance, times: Times) -> None:
    known = {juror.id: juror for juror in instance.jurors}
    sittings = [(juror, half_day) for (half_day, _), jurors in times.panels.items() for juror in jurors]
    for (juror, half_day), count in Counter(sittings).items():
        if half_day not in known[juror].available:
            raise Broken("juror_availability", f"{juror!r} is not available on half-day {half_day}.")
        if count > 1:
            raise Broken("juror_twice", f"{juror!r} sits on two panels on half-day {half_day}.")
    for juror, count in Counter(juror for juror, _ in sittings).items():
        if count > known[juror].max_half_days:
            raise Broken(
                "juror_load", f"{juror!r} sits on {count} half-days of {known[juror].max_half_days}."
            )
    if instance.days:
        by_day = Counter((juror, instance.days[half_day]) for juror, half_day in set(sittings))
        for (juror, day), count in by_day.items():
            if count > 1:
                raise Broken("juror_day", f"{juror!r} sits on {count} half-days of day {day}.")


def _check_auditions(instance: TimetableInstance, times: Times) -> None:
    known = {audition.id: audition for audition in instance.auditions}
    rooms: set[tuple[int, int, int]] = set()
    candidates: set[tuple[str, int, int]] = set()
    for name, (half_day, room, slot) in times.schedule.items():
        if name not in known:
            raise Broken("unknown_id", f"{name!r} is no audition.")
        if (half_day, room) not in times.panels:
            raise Broken("no_panel", f"{name!r} has no panel on half-day {half_day} in room {room}.")
        if not 0 <= slot < instance.slots[half_day]:
            raise Broken(
                "slot", f"{name!r} is at slot {slot} of half-day {half_day}, which has none of that number."
            )
        candidate = known[name].candidate
        if half_day not in instance.available[candidate]:
            raise Broken("candidate_availability", f"{candidate!r} is not available on half-day {half_day}.")
        if (half_day, room, slot) in rooms:
            raise Broken(
                "room_twice", f"Room {room} has two auditions at slot {slot} of half-day {half_day}."
            )
        if (candidate, half_day, slot) in candidates:
            raise Broken(
                "candidate_twice", f"{candidate!r} is heard twice at slot {slot} of half-day {half_day}."
            )
        rooms.add((half_day, room, slot))
        candidates.add((candidate, half_day, slot))


def _check_conflicts(instance: TimetableInstance, times: Times) -> None:
    known = {audition.id: audition for audition in instance.auditions}
    for name, (half_day, room, _) in times.schedule.items():
        for juror in times.panels[half_day, room]:
            for kind, other in (("candidate", known[name].candidate), ("project", known[name].project)):
                if (juror, kind, other) in instance.conflicts:
                    raise Broken(
                        "conflict", f"{juror!r} hears {name!r} in spite of a conflict with {other!r}."
                    )


def _check_pinned(instance: TimetableInstance, times: Times) -> None:
    for name, place in instance.pinned.schedule.items():
        if times.schedule.get(name) != place:
            raise Broken("pinned", f"{name!r} left the place it was pinned to.")
    for seat, jurors in instance.pinned.panels.items():
        if sorted(times.panels.get(seat, ())) != sorted(jurors):
            raise Broken("pinned", f"The pinned panel of half-day {seat[0]}, room {seat[1]} has changed.")
