"""A `timetable` instance as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.stable.instance import check_header
from matching.stable.reading import Field


@dataclass(frozen=True, slots=True)
class Audition:
    id: str
    candidate: str
    project: str
    rank: int
    """The smaller, the more it matters when not all can be placed."""


@dataclass(frozen=True, slots=True)
class Juror:
    id: str
    type: str
    available: frozenset[int]
    max_half_days: int


@dataclass(frozen=True, slots=True)
class Written:
    """A timetable as a result writes it."""

    schedule: Mapping[str, tuple[int, int, int]]
    """Audition to half-day, room, slot."""
    panels: Mapping[tuple[int, int], tuple[str, ...]]
    """(half-day, room) to jurors."""


NOTHING = Written({}, {})


@dataclass(frozen=True, slots=True)
class TimetableInstance:
    slots: tuple[int, ...]
    """Auditions that follow one another in a room, for each half-day from 0."""
    rooms: int
    auditions: tuple[Audition, ...]
    available: Mapping[str, frozenset[int]]
    """Candidate to half-days."""
    jurors: tuple[Juror, ...]
    conflicts: frozenset[tuple[str, str, str]]
    """(juror, "candidate" or "project", id)"""
    panel: Mapping[str, int]
    """Type to jurors of that type on every panel."""
    days: tuple[int, ...] = ()
    """Day of each half-day; when given, a juror sits at most one half-day a day."""
    pinned: Written = NOTHING
    """What stays as it is."""
    current: Written = NOTHING
    """What people were told: the fewer auditions leave it, the better."""

    def same_day(self) -> dict[int, list[int]]:
        """Day to its half-days, when a juror may sit only one of them."""
        days: dict[int, list[int]] = {}
        for half_day, day in enumerate(self.days):
            days.setdefault(day, []).append(half_day)
        return days

    def most_sittings(self, juror: Juror) -> int:
        """Half-days the juror can sit at most, by what they agreed to and when they are free."""
        free = {self.days[half_day] for half_day in juror.available} if self.days else juror.available
        return min(juror.max_half_days, len(free))

    def may_hear(self, juror: Juror, audition: Audition) -> bool:
        return (juror.id, "candidate", audition.candidate) not in self.conflicts and (
            juror.id,
            "project",
            audition.project,
        ) not in self.conflicts

    def panels_at(self, half_day: int) -> int:
        """Panels that the jurors available that half-day can form at most, rooms counted."""
        present = [juror.type for juror in self.jurors if half_day in juror.available and juror.max_half_days]
        needs = [present.count(kind) // count for kind, count in self.panel.items() if count]
        return min([self.rooms, *needs])


def read_timetable(raw: Mapping[str, object]) -> TimetableInstance:
    """Raises BadInput, which begins with the field. Conflicts of people unknown here concern nobody."""
    root = Field(raw)
    check_header(root, kind="timetable")
    half_days = root.get("half_days").integer(least=0)
    slots = root.get("slots_per_half_day")
    counts = tuple(item.integer(least=0) for item in slots.items())
    if len(counts) != half_days:
        raise slots.refuse(f"{half_days} numbers are expected, one for each half-day, not {len(counts)}")
    auditions = _auditions(root)
    available = {
        candidate: _half_days(field, count=half_days)
        for candidate, field in root.get("candidate_available").members()
    }
    if missing := [audition.candidate for audition in auditions if audition.candidate not in available]:
        raise root.get("candidate_available").refuse(f"the half-days of {missing[0]!r} are missing")
    return TimetableInstance(
        slots=counts,
        rooms=root.get("rooms").integer(least=0),
        auditions=auditions,
        available=available,
        jurors=_jurors(root, half_days=half_days),
        conflicts=_conflicts(root),
        panel={kind: field.integer(least=0) for kind, field in root.get("panel").members()},
        days=_days(root, count=half_days),
        pinned=_written(root.find("pinned")),
        current=_written(root.find("current")),
    )


def _written(field: Field | None) -> Written:
    if field is None:
        return NOTHING
    return Written(
        {
            name: (item.get("half_day").integer(), item.get("room").integer(), item.get("slot").integer())
            for name, item in field.get("schedule").members()
        },
        {
            (item.get("half_day").integer(), item.get("room").integer()): item.get("jurors").texts()
            for item in field.get("panels").items()
        },
    )


def _days(root: Field, *, count: int) -> tuple[int, ...]:
    field = root.find("days")
    if field is None:
        return ()
    days = tuple(item.integer(least=0) for item in field.items())
    if len(days) != count:
        raise field.refuse(f"{count} numbers are expected, one for each half-day, not {len(days)}")
    return days


def _auditions(root: Field) -> tuple[Audition, ...]:
    auditions: dict[str, Audition] = {}
    for field in root.get("auditions").items():
        name, rank = field.get("id"), field.find("rank")
        if name.text() in auditions:
            raise name.refuse(f"{name.text()!r} is used twice")
        auditions[name.text()] = Audition(
            id=name.text(),
            candidate=field.get("candidate").text(),
            project=field.get("project").text(),
            rank=rank.integer() if rank else 1,
        )
    return tuple(auditions.values())


def _jurors(root: Field, *, half_days: int) -> tuple[Juror, ...]:
    jurors: dict[str, Juror] = {}
    for field in root.get("jurors").items():
        name = field.get("id")
        if name.text() in jurors:
            raise name.refuse(f"{name.text()!r} is used twice")
        jurors[name.text()] = Juror(
            id=name.text(),
            type=field.get("type").text(),
            available=_half_days(field.get("available"), count=half_days),
            max_half_days=field.get("max_half_days").integer(least=0),
        )
    return tuple(jurors.values())


def _half_days(field: Field, *, count: int) -> frozenset[int]:
    half_days = set()
    for item in field.items():
        half_day = item.integer(least=0)
        if half_day >= count:
            raise item.refuse(f"{half_day} is no half-day, they go from 0 to {count - 1}")
        half_days.add(half_day)
    return frozenset(half_days)


def _conflicts(root: Field) -> frozenset[tuple[str, str, str]]:
    field = root.find("conflicts")
    conflicts = set()
    for item in field.items() if field else ():
        juror, kind, name = item.items_of("juror", "candidate or project", "id")
        conflicts.add((juror.text(), kind.one_of("candidate", "project"), name.text()))
    return frozenset(conflicts)
