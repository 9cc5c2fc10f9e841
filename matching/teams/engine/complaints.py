"""Who could complain of the pins: the blocking pairs of the market as it would be without them."""

from collections.abc import Collection, Mapping, Sequence

from matching.stable.instance import Pair
from matching.stable.staffing import Desk, rivals, staff
from matching.teams.engine.instance import TeamInstance


def complaints(
    instance: TeamInstance, *, assignment: Mapping[str, str], closed: Collection[str] = ()
) -> list[Pair]:
    """The (candidate, open project) that block when pins give neither place nor priority, in alphabetical
    order.

    Pinned people are among them: they may have wanted something else. A pinned member without a score comes
    after everyone who has one. The assignment must be staffable.
    """
    teams: dict[str, list[str]] = {project: [] for project in instance.projects}
    for candidate, project in assignment.items():
        teams[project].append(candidate)
    return sorted(
        (candidate, project)
        for candidate in instance.candidates
        for project in _preferred(instance, candidate=candidate, obtained=assignment.get(candidate))
        if project not in closed and _takes(instance, team=teams[project], pair=(candidate, project))
    )


def _preferred(instance: TeamInstance, *, candidate: str, obtained: str | None) -> list[str]:
    """The acceptable projects ranked before the one obtained; all of them when it is not ranked."""
    rank = None if obtained is None else instance.candidates[candidate].rank_of(obtained)
    wishes = instance.wishes(candidate)
    if rank is None:
        return [project for project in wishes if project != obtained]
    before = instance.candidates[candidate].ranks[:rank]
    return [project for project in wishes if project in before]


def _takes(instance: TeamInstance, *, team: Sequence[str], pair: Pair) -> bool:
    """Whether the candidate fits, as one more or in the place of a member of lower score or later draw."""
    candidate, project = pair
    jobs = {job: number for number, job in enumerate(sorted(instance.projects[project].places))}
    everyone = [*team, candidate]

    def turn(name: str) -> tuple[bool, int, int]:
        score = instance.scores.get((name, project))
        return score is None, -(score or 0), instance.draw[name]

    desk = Desk(
        places={number: instance.projects[project].places[job] for job, number in jobs.items()},
        usable={
            person: tuple(jobs[job] for job in instance.usable((name, project)))
            for person, name in enumerate(everyone)
        },
        priority={
            person: place
            for place, person in enumerate(
                sorted(range(len(everyone)), key=lambda person: turn(everyone[person]))
            )
        },
    )
    newcomer = len(team)
    roster = staff(range(newcomer), desk=desk)
    if roster is None:
        raise ValueError(f"the team of {project!r} cannot all have a place at the same time")
    crowd = rivals(roster, desk=desk, jobs=desk.usable[newcomer])
    return crowd is None or any(desk.priority[member] > desk.priority[newcomer] for member in crowd)
