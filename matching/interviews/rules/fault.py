"""What is wrong with a timetable as it stands, in words: a second look that knows nothing of the solver.

Faults block its publication; the others are said and left to the team's judgement.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

Times = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Sitting:
    """A panel: where and when, who sits."""

    panel: int
    label: str
    room: str
    during: Times
    jurors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hearing:
    """A placed audition: who, for what, in which panel, and the jurors who would mark."""

    audition: int
    candidate: int
    name: str
    project: int
    title: str
    panel: int
    during: Times
    marking: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """What is known of the jurors."""

    names: Mapping[int, str]
    types: Mapping[int, str]
    absent: Collection[tuple[int, int]]
    """(juror, panel) of a half-day on which the juror said they are not free."""
    apart: Collection[tuple[int, int]]
    """(juror, candidate) after a recusal."""
    tied: Collection[tuple[int, int]]
    """(juror, project)."""
    wanted: Mapping[str, int]
    """Type to how many of them sit on every panel."""
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    code: str
    sentence: str
    blocks: bool
    panel: int = 0
    audition: int = 0


def faults(sittings: Sequence[Sitting], hearings: Sequence[Hearing], bench: Bench) -> list[Fault]:
    """Those that block come first."""
    found = [
        *_seats(sittings, bench),
        *_clashes(sittings, hearings),
        *_conflicts(hearings, bench),
        *_balance(sittings, hearings, bench),
    ]
    return sorted(found, key=lambda fault: (not fault.blocks, fault.code, fault.panel, fault.audition))


def _overlap(left: Times, right: Times) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _seats(sittings: Sequence[Sitting], bench: Bench) -> Iterator[Fault]:
    of_juror: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in sittings:
        for juror in sitting.jurors:
            of_juror[juror].append(sitting)
            if (juror, sitting.panel) in bench.absent:
                yield Fault(
                    "absent",
                    f"{bench.names[juror]} siège dans « {sitting.label} » sans y être disponible.",
                    blocks=True,
                    panel=sitting.panel,
                )
    for juror, several in of_juror.items():
        for left, right in combinations(several, 2):
            if _overlap(left.during, right.during):
                yield Fault(
                    "juror_twice",
                    f"{bench.names[juror]} siège à la fois dans « {left.label} » et « {right.label} ».",
                    blocks=True,
                    panel=right.panel,
                )


def _clashes(sittings: Sequence[Sitting], hearings: Sequence[Hearing]) -> Iterator[Fault]:
    rooms = {sitting.panel: sitting.room for sitting in sittings}
    by_candidate, by_room = defaultdict(list), defaultdict(list)
    for hearing in hearings:
        by_candidate[hearing.candidate].append(hearing)
        by_room[rooms.get(hearing.panel, "")].append(hearing)
    for several in by_candidate.values():
        for left, right in combinations(several, 2):
            if _overlap(left.during, right.during):
                yield Fault(
                    "candidate_twice",
                    f"{left.name} est en audition deux fois à la même heure.",
                    blocks=True,
                    audition=right.audition,
                )
    for room, several in by_room.items():
        for left, right in combinations(several, 2):
            if _overlap(left.during, right.during):
                yield Fault(
                    "room_twice",
                    f"Deux auditions à la même heure en « {room} » : {left.name} et {right.name}.",
                    blocks=True,
                    audition=right.audition,
                )


def _conflicts(hearings: Sequence[Hearing], bench: Bench) -> Iterator[Fault]:
    for hearing in hearings:
        for juror in hearing.marking:
            if (juror, hearing.candidate) in bench.apart:
                yield Fault(
                    "conflict",
                    f"{bench.names[juror]} s’est déporté·e de {hearing.name} et devrait l’évaluer.",
                    blocks=True,
                    audition=hearing.audition,
                )
            if (juror, hearing.project) in bench.tied:
                yield Fault(
                    "tie",
                    f"{bench.names[juror]}, qui a un lien avec « {hearing.title} », devrait entendre "
                    f"{hearing.name}.",
                    blocks=True,
                    audition=hearing.audition,
                )
        if not hearing.marking:
            yield Fault(
                "nobody", f"Personne n’évalue {hearing.name}.", blocks=True, audition=hearing.audition
            )


def _balance(sittings: Sequence[Sitting], hearings: Sequence[Hearing], bench: Bench) -> Iterator[Fault]:
    used = {hearing.panel for hearing in hearings}
    for sitting in sittings:
        if sitting.panel not in used:
            continue
        counts = Counter(bench.types[juror] for juror in sitting.jurors)
        missing = [
            f"{count - counts[kind]} {bench.words.get(kind, kind)}"
            for kind, count in bench.wanted.items()
            if counts[kind] < count
        ]
        if missing:
            yield Fault(
                "balance",
                f"« {sitting.label} » n’est pas équilibré : il manque {', '.join(missing)}.",
                blocks=False,
                panel=sitting.panel,
            )
    panels: dict[int, set[int]] = defaultdict(set)
    titles = {}
    for hearing in hearings:
        panels[hearing.project].add(hearing.panel)
        titles[hearing.project] = hearing.title
    sizes = Counter(hearing.project for hearing in hearings)
    most = max(Counter(hearing.panel for hearing in hearings).values(), default=1)
    for project, several in panels.items():
        least = -(-sizes[project] // most)
        if len(several) > least:
            yield Fault(
                "scales",
                f"« {titles[project]} » est entendu par {len(several)} jurys ({least} suffiraient) : "
                "deux jurys, deux échelles.",
                blocks=False,
            )
