"""An `audition` instance as plain values."""

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
class AuditionInstance:
    candidates: Mapping[str, Candidate]
    dossiers: Mapping[str, int]
    """Candidate to the score of the dossier, hundredths of a point."""
    projects: Mapping[str, Project]
    per_place: int
    """Auditions that each place of a project gives."""
    least_per_place: int
    """Auditions below which a jury has too little choice, for each place."""
    max_auditions: int
    """At most so many auditions for a candidate; only 1 and more than 1 differ."""
    draw: Mapping[str, int]
    """Candidate to position in the published draw, from 0."""
    forbidden: frozenset[Pair]

    def seats(self, project: str) -> dict[str, int]:
        """Job to number of auditions that the project gives for it."""
        if not self.per_place:
            return {}
        return {job: count * self.per_place for job, count in self.projects[project].places.items()}

    def wanted(self, project: str) -> int:
        """Auditions below which the project is short, never more than it gives."""
        return min(self.least_per_place, self.per_place) * sum(self.projects[project].places.values())

    def usable(self, pair: Pair) -> list[str]:
        """The jobs for which the candidate may be heard there, in alphabetical order; none when forbidden."""
        candidate, project = pair
        if pair in self.forbidden or not self.per_place:
            return []
        return self.projects[project].usable(self.candidates[candidate].jobs)

    def wishes(self, candidate: str) -> list[str]:
        """The candidate's own acceptable projects, best first."""
        ranks = dict.fromkeys(self.candidates[candidate].ranks)
        return [
            project for project in ranks if project in self.projects and self.usable((candidate, project))
        ]


def read_auditions(raw: Mapping[str, object]) -> AuditionInstance:
    """Raises BadInput, whose sentence begins with the field. An absent `forbid` is empty."""
    root = Field(raw)
    check_header(root, kind="audition")
    candidates = read_candidates(root)
    dossiers = {
        candidate: field.get("dossier").integer()
        for candidate, field in zip(candidates, root.get("candidates").items(), strict=True)
    }
    return AuditionInstance(
        candidates=candidates,
        dossiers=dossiers,
        projects=read_projects(root),
        per_place=root.get("auditions_per_place").integer(least=0),
        least_per_place=root.get("min_auditions_per_place").integer(least=0),
        max_auditions=root.get("max_auditions").integer(least=1),
        draw=read_draw(root.get("lottery"), members=candidates),
        forbidden=frozenset(pair for _, pair in read_pairs(root, "forbid")),
    )
