"""Plan again when something changed after people were told: the fewest auditions move.

First as many as possible are heard, then the fewest leave their half-day and room, then the fewest jurors
change panel; then, in each half-day, the fewest change time. `moved_bound` says how few any plan could move.
"""

from matching.interviews.timetable.instance import TimetableInstance
from matching.interviews.timetable.model import Week, WeekModel
from matching.interviews.timetable.search import total
from matching.interviews.timetable.solve import Options, written


def replan(instance: TimetableInstance, options: Options | None = None) -> dict[str, object]:
    """A result with `moved`, those who leave what they were told, and `moved_bound`."""
    options = options or Options()
    options.tell("moves", 20)
    current = instance.current
    seats = sum(len(jurors) for jurors in current.panels.values()) + 1
    search = WeekModel(instance)
    stays = [
        search.heard[name, (half_day, room)]
        for name, (half_day, room, _) in current.schedule.items()
        if (name, (half_day, room)) in search.heard
    ]
    sits = [
        search.sits[juror, seat]
        for seat, jurors in current.panels.items()
        for juror in jurors
        if (juror, seat) in search.sits
    ]
    worth = seats * (len(current.schedule) + 1)
    search.model.maximize(worth * search.count + seats * total(stays) + total(sits))
    search.hint(
        Week(
            heard={name: (day, room) for name, (day, room, _) in current.schedule.items()},
            panels={seat: tuple(jurors) for seat, jurors in current.panels.items()},
        )
    )
    found = search.solve(seconds=options.seconds)
    options.tell("times", 90)
    week = found.answer or Week(heard={}, panels={})
    result = written(instance, week) or {"schedule": {}, "panels": []}
    most, rest = divmod(found.bound, worth) if found.answer else (len(instance.auditions), 0)
    moved = _moved(instance, result["schedule"])
    least = len(current.schedule) - rest // seats if most == len(week.heard) else 0
    return {
        **result,
        "proven": found.proven and len(moved) == least,
        "bound": most,
        "moved": moved,
        "moved_bound": least,
    }


def _moved(instance: TimetableInstance, schedule: object) -> list[str]:
    assert isinstance(schedule, dict)
    return sorted(
        name
        for name, (half_day, room, slot) in instance.current.schedule.items()
        if schedule.get(name) != {"half_day": half_day, "room": room, "slot": slot}
    )
