"""What `team` and `audition` instances have in common: candidates, projects with places, draw, forbidden
pairs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matching.stable.reading import Field

SCHEMA = "eig-matching/1"

Pair = tuple[str, str]
"""(candidate, project)"""


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    jobs: frozenset[str]
    ranks: tuple[str, ...]
    """As written: project ids, best first, unknown ones and repetitions included."""

    def rank_of(self, project: str) -> int | None:
        """Position in the list as written, from 0; None when not ranked."""
        return self.ranks.index(project) if project in self.ranks else None


@dataclass(frozen=True, slots=True)
class Project:
    id: str
    places: Mapping[str, int]
    """Job to number of places, at least one each."""
    min_size: int = 0

    def usable(self, jobs: Iterable[str]) -> list[str]:
        """Those of the jobs for which the project has a place, in alphabetical order."""
        return sorted(job for job in jobs if job in self.places)


def check_header(root: Field, *, kind: str) -> None:
    root.get("schema").one_of(SCHEMA)
    root.get("kind").one_of(kind)


def read_candidates(root: Field) -> dict[str, Candidate]:
    candidates: dict[str, Candidate] = {}
    for field in root.get("candidates").items():
        candidate = Candidate(
            id=_new_id(field, known=candidates),
            jobs=frozenset(field.get("jobs").texts()),
            ranks=field.get("ranks").texts(),
        )
        candidates[candidate.id] = candidate
    return candidates


def read_projects(root: Field) -> dict[str, Project]:
    """`min_size` is 0 where it is not written: no minimum is stated, none is held."""
    projects: dict[str, Project] = {}
    for field in root.get("projects").items():
        minimum = field.find("min_size")
        project = Project(
            id=_new_id(field, known=projects),
            places=_places(field.get("slots")),
            min_size=minimum.integer(least=0) if minimum else 0,
        )
        projects[project.id] = project
    return projects


def read_draw(field: Field, *, members: Iterable[str]) -> dict[str, int]:
    """Position of each drawn id, from 0. All members must be there, once; others may be, the draw being
    published for the whole promotion and the instance made later.
    """
    draw: dict[str, int] = {}
    for item in field.items():
        name = item.text()
        if name in draw:
            raise item.refuse(f"{name!r} is drawn twice")
        draw[name] = len(draw)
    if missing := [name for name in members if name not in draw]:
        raise field.refuse(f"{missing[0]!r} is not drawn")
    return draw


def read_pairs(root: Field, name: str) -> list[tuple[Field, Pair]]:
    """A list of [candidate, project], empty where it is not written."""
    field = root.find(name)
    pairs: list[tuple[Field, Pair]] = []
    for item in field.items() if field else ():
        candidate, project = item.items_of("candidate", "project")
        pairs.append((item, (candidate.text(), project.text())))
    return pairs


def _new_id(field: Field, *, known: Mapping[str, object]) -> str:
    name = field.get("id")
    if name.text() in known:
        raise name.refuse(f"{name.text()!r} is used twice")
    return name.text()


def _places(field: Field) -> dict[str, int]:
    places: dict[str, int] = {}
    for slot in field.items():
        job, count = slot.get("job").text(), slot.get("count").integer(least=0)
        if count:
            places[job] = places.get(job, 0) + count
    return places
