"""Eight weeks of bulletins for the fourteen teams."""

from functools import cache

from rehearsal.corpus.people import SEED
from rehearsal.corpus.projects import kept_projects
from rehearsal.corpus.records import Bulletin
from rehearsal.corpus.sources import fill, read, seeded

PARTS = ("priority", "worked", "hard", "help")


@cache
def generate_bulletins(seed: int = SEED) -> tuple[Bulletin, ...]:
    """One bulletin a team and a week, by project then week; in a week two teams rarely say the same."""
    weeks = read("bulletins.toml")["weeks"]
    return tuple(
        _bulletin(project.key, week=week, rank=rank, seed=seed)
        for rank, project in enumerate(kept_projects(seed))
        for week in range(1, len(weeks) + 1)
    )


def _bulletin(project: str, *, week: int, rank: int, seed: int) -> Bulletin:
    rng = seeded(f"{seed}/bulletin/{project}/{week}")
    table = read("bulletins.toml")["weeks"][week - 1]
    words = read("bulletins.toml")["teams"][project]
    texts = {}
    for shift, part in enumerate(PARTS):
        options = table[part]
        chosen = options[(rank + shift * week + rng.randrange(2)) % len(options)]
        texts[part] = fill(chosen, gender="f", words=words)
    mood = max(1, min(5, table["mood"] + rng.choice((-1, 0, 0, 1))))
    return Bulletin(project=project, week=week, mood=mood, **texts)
