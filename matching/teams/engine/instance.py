"""A `team` instance as plain values: what staff froze before the matching runs."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.stable.instance import (
    Candidate,
    Pair,
    Project,
    check_header,
    read_candidates,
    read_draw,
    read_pairs,
    read_projects,
)
from matching.stable.reading import Field


@dataclass(frozen=True, slots=True)
class TeamInstance:
    candidates: Mapping[str, Candidate]
    projects: Mapping[str, Project]
    scores: Mapping[Pair, int]
    """Hundredths of a point; a pair without a score has no key."""
    draw: Mapping[str, int]
    """Candidate to position in the published draw, from 0."""
    project_draw: tuple[str, ...]
    """All projects, best draw first."""
    forbidden: frozenset[Pair]
    pins: frozenset[Pair]
    enforce: bool
    """Whether a project must reach its minimum size or close."""

    def usable(self, pair: Pair) -> list[str]:
        """The jobs the candidate could have in the project, in alphabetical order."""
        candidate, project = pair
        return self.projects[project].usable(self.candidates[candidate].jobs)

    def is_acceptable(self, pair: Pair) -> bool:
        """Not forbidden, scored, with a job there; the caller knows whether the project is ranked."""
        return pair not in self.forbidden and pair in self.scores and bool(self.usable(pair))

    def wishes(self, candidate: str) -> list[str]:
        """The acceptable projects, best first, pins left aside."""
        ranks = dict.fromkeys(self.candidates[candidate].ranks)
        return [p for p in ranks if p in self.projects and self.is_acceptable((candidate, p))]


def read_team(raw: Mapping[str, object]) -> TeamInstance:
    """Raises BadInput, whose sentence begins with the field.

    Absent `forbid` and `pin` are empty, absent `policy` is "ignore", an absent `project_lottery` is the order
    of `projects`. Scores and forbidden pairs of people or projects that are not in the instance concern
    nobody.
    """
    root = Field(raw)
    check_header(root, kind="team")
    candidates = read_candidates(root)
    projects = read_projects(root)
    policy = root.find("policy")
    mode = policy.find("min_size") if policy else None
    enforce = mode is not None and mode.one_of("ignore", "enforce") == "enforce"
    return TeamInstance(
        candidates=candidates,
        projects=projects,
        scores=_scores(root),
        draw=read_draw(root.get("lottery"), members=candidates),
        project_draw=_project_draw(root, projects=projects, enforce=enforce),
        forbidden=frozenset(pair for _, pair in read_pairs(root, "forbid")),
        pins=_pins(root, candidates=candidates, projects=projects),
        enforce=enforce,
    )


def _scores(root: Field) -> dict[Pair, int]:
    scores: dict[Pair, int] = {}
    for field in root.get("scores").items():
        candidate, project, points = field.items_of("candidate", "project", "integer")
        pair, score = (candidate.text(), project.text()), points.integer()
        if scores.setdefault(pair, score) != score:
            raise field.refuse(f"{pair[0]!r} already has another score for {pair[1]!r}")
    return scores


def _project_draw(root: Field, *, projects: Mapping[str, Project], enforce: bool) -> tuple[str, ...]:
    field = root.find("project_lottery")
    if field is None:
        return tuple(projects)
    draw = read_draw(field, members=projects if enforce else ())
    return tuple(sorted(projects, key=lambda project: (draw.get(project, len(draw)), project)))


def _pins(
    root: Field, *, candidates: Mapping[str, object], projects: Mapping[str, object]
) -> frozenset[Pair]:
    """Unlike a forbidden pair, a pin about nobody cannot be honoured: it is refused."""
    pairs = read_pairs(root, "pin")
    for field, (candidate, project) in pairs:
        if candidate not in candidates:
            raise field.refuse(f"{candidate!r} is no candidate")
        if project not in projects:
            raise field.refuse(f"{project!r} is no project")
    return frozenset(pair for _, pair in pairs)
