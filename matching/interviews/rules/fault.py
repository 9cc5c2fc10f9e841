"""What is wrong with a timetable as it stands, in words: a second look that knows nothing of the solver.

Faults block its publication; the others are said and left to the team's judgement.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from types import MappingProxyType
from typing import TypeVar

from eig.french.letters import of

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


T = TypeVar("T", Sitting, Hearing)
# Code → what is wrong, in words.
SENTENCES: Mapping[str, str] = MappingProxyType({
    "absent": "{juror} siège dans « {panel} » sans y être disponible.",
    "juror_twice": "{juror} siège à la fois dans « {panel} » et « {other} ».",
    "candidate_twice": "{name} est en audition deux fois à la même heure.",
    "room_twice": "Deux auditions à la même heure en « {room} » : {name} et {other}.",
    "conflict": "{juror} s’est déporté·e {whom} et devrait l’évaluer.",
    "tie": "{juror}, qui a un lien avec « {title} », devrait entendre {name}.",
    "nobody": "Personne n’évalue {name}.",
    "balance": "« {panel} » n’est pas équilibré : il manque {missing}.",
    "scales": "« {title} » est entendu par {panels} jurys ({least} suffiraient) : deux jurys, deux échelles.",
})  # fmt: skip
# Said, and left to the team's judgement.
BEARABLE = frozenset({"balance", "scales"})


def faults(sittings: Sequence[Sitting], hearings: Sequence[Hearing], bench: Bench) -> list[Fault]:
    """Those that block come first."""
    found = [
        *_seats(sittings, bench),
        *_clashes(sittings, hearings),
        *_conflicts(hearings, bench),
        *_balance(sittings, hearings, bench),
        *_scales(hearings),
    ]
    return sorted(found, key=lambda fault: (not fault.blocks, fault.code, fault.panel, fault.audition))


def _fault(code: str, words: Mapping[str, object], *, panel: int = 0, audition: int = 0) -> Fault:
    return Fault(code, SENTENCES[code].format(**words), code not in BEARABLE, panel, audition)


def _at_once(groups: Iterable[Sequence[T]]) -> Iterator[tuple[T, T]]:
    """Two of the same group whose hours meet."""
    for group in groups:
        for left, right in combinations(group, 2):
            if left.during[0] < right.during[1] and right.during[0] < left.during[1]:
                yield left, right


def _seats(sittings: Sequence[Sitting], bench: Bench) -> Iterator[Fault]:
    of_juror: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in sittings:
        for juror in sitting.jurors:
            of_juror[juror].append(sitting)
            if (juror, sitting.panel) in bench.absent:
                words = {"juror": bench.names[juror], "panel": sitting.label}
                yield _fault("absent", words, panel=sitting.panel)
    for juror, several in of_juror.items():
        for left, right in _at_once([several]):
            words = {"juror": bench.names[juror], "panel": left.label, "other": right.label}
            yield _fault("juror_twice", words, panel=right.panel)


def _clashes(sittings: Sequence[Sitting], hearings: Sequence[Hearing]) -> Iterator[Fault]:
    rooms = {sitting.panel: sitting.room for sitting in sittings}
    by_candidate, by_room = defaultdict(list), defaultdict(list)
    for hearing in hearings:
        by_candidate[hearing.candidate].append(hearing)
        by_room[rooms.get(hearing.panel, "")].append(hearing)
    for code, groups in (("candidate_twice", by_candidate), ("room_twice", by_room)):
        for left, right in _at_once(groups.values()):
            words = {"name": left.name, "other": right.name, "room": rooms.get(left.panel, "")}
            yield _fault(code, words, audition=right.audition)


def _conflicts(hearings: Sequence[Hearing], bench: Bench) -> Iterator[Fault]:
    for hearing in hearings:
        words = {"name": hearing.name, "whom": of(hearing.name), "title": hearing.title}
        for juror in hearing.marking:
            apart = (("conflict", bench.apart, hearing.candidate), ("tie", bench.tied, hearing.project))
            for code, pairs, other in apart:
                if (juror, other) in pairs:
                    yield _fault(code, {**words, "juror": bench.names[juror]}, audition=hearing.audition)
        if not hearing.marking:
            yield _fault("nobody", words, audition=hearing.audition)


def _balance(sittings: Sequence[Sitting], hearings: Sequence[Hearing], bench: Bench) -> Iterator[Fault]:
    used = {hearing.panel for hearing in hearings}
    for sitting in sittings:
        counts = Counter(bench.types[juror] for juror in sitting.jurors)
        missing = ", ".join(
            f"{count - counts[kind]} {bench.words.get(kind, kind)}"
            for kind, count in bench.wanted.items()
            if counts[kind] < count
        )
        if missing and sitting.panel in used:
            yield _fault("balance", {"panel": sitting.label, "missing": missing}, panel=sitting.panel)


def _scales(hearings: Sequence[Hearing]) -> Iterator[Fault]:
    panels: dict[tuple[int, str], list[int]] = defaultdict(list)
    for hearing in hearings:
        panels[hearing.project, hearing.title].append(hearing.panel)
    most = max(Counter(hearing.panel for hearing in hearings).values(), default=1)
    for (_, title), several in panels.items():
        least = -(-len(several) // most)
        if len(set(several)) > least:
            yield _fault("scales", {"title": title, "panels": len(set(several)), "least": least})
