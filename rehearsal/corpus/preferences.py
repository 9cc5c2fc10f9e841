"""What the shortlisted rank: projects with a position in their trade, near their themes and region."""

from collections.abc import Mapping, Sequence
from functools import cache
from random import Random

from rehearsal.corpus.applications import generate_applications
from rehearsal.corpus.people import SEED
from rehearsal.corpus.projects import kept_projects
from rehearsal.corpus.records import Candidacy, Preference, Project
from rehearsal.corpus.sources import read, seeded

# Some projects please more than others, whatever the theme.
APPEAL = {
    "rivage": 5, "veille-feux": 5, "bail-clair": 4, "clair-et-net": 4, "phonotheque": 4, "signons": 4,
    "pollen": 4,
}  # fmt: skip


@cache
def generate_preferences(seed: int = SEED) -> Mapping[str, Preference]:
    """One ordered list of three to five projects for each of the 103 strong dossiers, by its key."""
    rng = seeded(f"{seed}/preferences")
    strong = [item for item in generate_applications(seed) if item.is_strong]
    certified = _certified(rng, strong)
    return {
        item.key: _preference(rng, item, projects=kept_projects(seed), certifies=item.key in certified)
        for item in strong
    }


def _certified(rng: Random, strong: Sequence[Candidacy]) -> set[str]:
    """Who certifies: everyone but fifteen, taken from the most numerous trades."""
    leaving = [item.key for item in strong if item.trades[0] in {"developpement", "design", "data-science"}]
    rng.shuffle(leaving)
    heard = read("volumes.toml")["promotion"]["personnes entendues"]
    return {item.key for item in strong} - set(leaving[: len(strong) - heard])


def _preference(
    rng: Random, candidacy: Candidacy, *, projects: Sequence[Project], certifies: bool
) -> Preference:
    open_to_them = [project for project in projects if project.trades & set(candidacy.trades)]
    wanted = min(rng.choice((3, 4, 5, 5)), len(open_to_them))
    weights = {project.key: _attraction(candidacy, project) for project in open_to_them}
    wishes = []
    for _ in range(wanted):
        chosen = rng.choices(tuple(weights), weights=tuple(weights.values()))[0]
        wishes.append(chosen)
        del weights[chosen]
    said = rng.sample(list(read("preferences.toml")["reasons"]), len(wishes))
    return Preference(
        candidacy=candidacy.key,
        wishes=tuple(wishes),
        reasons=tuple(reason if rng.random() < 0.45 else "" for reason in said),
        accepts_other=rng.random() < 0.7,
        certifies=certifies,
    )


def _attraction(candidacy: Candidacy, project: Project) -> int:
    """Weight of a project for someone: shared themes, home region, first trade, general appeal."""
    shared = len(set(candidacy.themes) & set(project.themes))
    near = project.operator.region in candidacy.answers["mobility"]
    main = candidacy.trades[0] in project.trades
    return (APPEAL.get(project.key, 3) + 4 * near + 2 * main) * (1 + shared)
