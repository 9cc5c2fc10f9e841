"""Project juries: the minutes of a hearing, who could sit with whom.

The proposal is only a proposal: it is explained, people decide.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from eig.meetings.rules import Interval, slot_times

# The steps of a hearing for which the project's people are in the room.
WITH_PROJECT = slice(1, 3)


@dataclass(frozen=True, slots=True)
class Minutes:
    """A project before its jury: read in common, pitched, questioned, deliberated; then a pause."""

    reading: int
    pitch: int
    questions: int
    deliberation: int
    pause: int

    @property
    def steps(self) -> list[tuple[str, int]]:
        """The parts of one hearing, in words and minutes."""
        return [
            ("Mise en commun du jury", self.reading),
            ("Présentation", self.pitch),
            ("Questions", self.questions),
            ("Délibération", self.deliberation),
        ]

    def times(self, starts: datetime, ends: datetime) -> list[Interval]:
        """One interval per project, one after the other, as many as fit."""
        length = sum(minutes for _, minutes in self.steps)
        return slot_times(starts, ends, minutes=length, pause=self.pause)


def called_at(starts: datetime, minutes: Minutes) -> datetime:
    """When the project's people come in: after the jury has read in common."""
    return starts + timedelta(minutes=minutes.reading)


@dataclass(frozen=True, slots=True)
class Seatable:
    """Someone who may sit: what kind of person, on which half-days not."""

    juror: int
    kind: str
    away: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A room over a half-day."""

    room: str
    half_day: str


@dataclass(frozen=True, slots=True)
class Sizes:
    jurors_min: int
    jurors_max: int
    projects_max: int


@dataclass(slots=True)
class ProposedJury:
    place: Place
    jurors: list[int] = field(default_factory=list)
    projects: list[int] = field(default_factory=list)
    referent: int | None = None
    kinds: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is proposed, and what could not be: projects that no jury may hear, and why."""

    juries: Sequence[ProposedJury]
    unplaced: Mapping[int, str]


NO_ROOM = "plus de place dans les demi-journées et les salles données"
NO_JURY = "chaque jury compte une personne liée à ce projet"
NO_JUROR = "pas assez de membres disponibles pour former un jury"


def propose(
    projects: Sequence[int],
    seatable: Sequence[Seatable],
    places: Sequence[Place],
    *,
    sizes: Sizes,
    barred: Collection[tuple[int, int]],
) -> Plan:
    """Juries of the right size, mixed, without known ties, that share the projects evenly.

    `barred` holds (juror, project) pairs that must not meet. Members are dealt kind by kind, the least
    seated first, so that the juries of a half-day look alike; then each project, the hardest to place first,
    goes to the least loaded jury without a tie; at need a member changes places with one of the same kind.
    The order of the input does not matter.
    """
    forbidden = set(barred)
    juries = _open_juries(len(set(projects)), seatable, places, sizes)
    _deal_members(juries, seatable, sizes)
    juries = [jury for jury in juries if len(jury.jurors) >= sizes.jurors_min]
    unplaced = _deal_projects(juries, sorted(set(projects)), seatable, sizes, forbidden)
    juries = [jury for jury in juries if jury.projects]
    _name_referents(juries, {person.juror: person.kind for person in seatable})
    return Plan(juries, unplaced)


def _open_juries(
    count: int, seatable: Sequence[Seatable], places: Sequence[Place], sizes: Sizes
) -> list[ProposedJury]:
    """As many juries as the projects need, the earliest half-days first, never more than members allow."""
    wanted = -(-count // sizes.projects_max)
    opened: list[ProposedJury] = []
    for day in sorted({place.half_day for place in places}):
        members = sum(1 for person in seatable if day not in person.away)
        rooms = sorted({place.room for place in places if place.half_day == day})
        for room in rooms[: members // sizes.jurors_min]:
            if len(opened) < wanted:
                opened.append(ProposedJury(Place(room, day)))
    return opened


def _deal_members(juries: Sequence[ProposedJury], seatable: Sequence[Seatable], sizes: Sizes) -> None:
    sittings: Counter[int] = Counter()
    for day in sorted({jury.place.half_day for jury in juries}):
        here = [jury for jury in juries if jury.place.half_day == day]
        free = [person for person in seatable if day not in person.away]
        scarce = Counter(person.kind for person in free)
        # Enough for the smallest size first, then one more each while people remain.
        target = min(sizes.jurors_max, len(free) // len(here))
        free.sort(key=lambda person: (scarce[person.kind], person.kind, sittings[person.juror], person.juror))
        for person in free:
            open_ones = [one for one in here if len(one.jurors) < target]
            if not open_ones:
                break
            jury = min(open_ones, key=lambda one: (one.kinds[person.kind], len(one.jurors), one.place.room))
            jury.jurors.append(person.juror)
            jury.kinds[person.kind] += 1
            sittings[person.juror] += 1


def _deal_projects(
    juries: Sequence[ProposedJury],
    projects: Sequence[int],
    seatable: Sequence[Seatable],
    sizes: Sizes,
    forbidden: set[tuple[int, int]],
) -> dict[int, str]:
    def ties(jury: ProposedJury, project: int) -> list[int]:
        return [juror for juror in jury.jurors if (juror, project) in forbidden]

    unplaced: dict[int, str] = {}
    if not juries:
        return dict.fromkeys(projects, NO_JUROR)
    harder_first = sorted(
        projects, key=lambda project: (sum(1 for jury in juries if not ties(jury, project)), project)
    )
    for project in harder_first:
        roomy = [jury for jury in juries if len(jury.projects) < sizes.projects_max]
        if not roomy:
            unplaced[project] = NO_ROOM
            continue
        ranked = sorted(
            roomy,
            key=lambda jury: (
                len(ties(jury, project)),
                len(jury.projects),
                jury.place.half_day,
                jury.place.room,
            ),
        )
        home = next(
            (
                jury
                for jury in ranked
                if _freed_of_ties(jury, project, ties(jury, project), juries, seatable, sizes, forbidden)
            ),
            None,
        )
        if home is None:
            unplaced[project] = NO_JURY
        else:
            home.projects.append(project)
    return unplaced


def _freed_of_ties(
    jury: ProposedJury,
    project: int,
    tied: Sequence[int],
    juries: Sequence[ProposedJury],
    seatable: Sequence[Seatable],
    sizes: Sizes,
    forbidden: set[tuple[int, int]],
) -> bool:
    """Exchange each tied member for one of the same kind, who sits elsewhere that half-day or nowhere.

    Without anybody to exchange with, the member leaves, if the jury stays large enough.
    """
    exchanges: list[tuple[int, ProposedJury | None, int]] = []
    leavers: list[int] = []
    kinds = {person.juror: person.kind for person in seatable}
    there = {juror for one in juries if one.place.half_day == jury.place.half_day for juror in one.jurors}
    spare = [
        person.juror
        for person in seatable
        if person.juror not in there and jury.place.half_day not in person.away
    ]
    others = [one for one in juries if one is not jury and one.place.half_day == jury.place.half_day]
    used: set[int] = set()
    hears = [*jury.projects, project]
    for leaver in tied:
        options: list[tuple[ProposedJury | None, int]] = [(None, juror) for juror in sorted(spare)]
        options += [(one, juror) for one in others for juror in sorted(one.jurors)]
        found = next(
            (
                (one, comer)
                for one, comer in options
                if comer not in used
                and kinds[comer] == kinds[leaver]
                and not any((comer, item) in forbidden for item in hears)
                and not (one and any((leaver, item) in forbidden for item in one.projects))
            ),
            None,
        )
        if found is None:
            leavers.append(leaver)
            if len(jury.jurors) - len(leavers) < sizes.jurors_min:
                return False
            continue
        used.add(found[1])
        exchanges.append((leaver, *found))
    for leaver, one, comer in exchanges:
        jury.jurors[jury.jurors.index(leaver)] = comer
        if one is not None:
            one.jurors[one.jurors.index(comer)] = leaver
    for leaver in leavers:
        jury.jurors.remove(leaver)
    return True


def _name_referents(juries: Sequence[ProposedJury], kinds: Mapping[int, str]) -> None:
    """Someone of the DINUM keeps the time and the pen when there is one; else whoever did it least."""
    duties: Counter[int] = Counter()
    for jury in juries:
        jury.referent = min(
            jury.jurors,
            key=lambda juror: (kinds[juror] != "dinum", duties[juror], kinds[juror] != "agent", juror),
        )
        duties[jury.referent] += 1


def mix_warning(kinds: Sequence[str], *, sizes: Sizes) -> str:
    """What a jury lacks, in words; empty when it is of the right size and mixed."""
    count = len(kinds)
    if count < sizes.jurors_min:
        return f"{count} membre{'s' if count > 1 else ''} : il en faut au moins {sizes.jurors_min}."
    if count > sizes.jurors_max:
        return f"{count} membres : {sizes.jurors_max} au plus."
    commonest, most = Counter(kinds).most_common(1)[0]
    if most * 3 > count * 2:
        return "Plus de deux tiers des membres ont la même qualité."
    return "" if commonest and "dinum" in kinds else "Personne de la DINUM n’y siège."
