"""From names to numbers: the market on which deferred acceptance runs.

Candidates are numbered in the order of the draw, projects in the order of theirs, jobs by name, so that the
order in which an instance was written cannot change any result.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.stable.deferred import Market
from matching.stable.staffing import Desk, staff
from matching.teams.engine.instance import TeamInstance


@dataclass(frozen=True, slots=True)
class TeamMarket:
    instance: TeamInstance
    people: tuple[str, ...]
    projects: tuple[str, ...]
    jobs: tuple[str, ...]
    pinned: Mapping[int, int]
    """Person to the only project on their list."""
    market: Market
    ranks: tuple[tuple[int | None, ...], ...]
    """Beside `market.lists`: the position of each desk in the candidate's list as written, None for an
    unranked pin.
    """
    minimum: tuple[int, ...]
    """Smallest team of each project; 0 everywhere when minimum sizes are ignored."""

    @property
    def forced(self) -> int:
        """The projects into which someone is pinned, as bits."""
        return sum(1 << project for project in set(self.pinned.values()))


def pins_hold(instance: TeamInstance) -> bool:
    """Whether each pinned person has one project, not forbidden, with a usable job there (whole teams come
    later).
    """
    people = [candidate for candidate, _ in instance.pins]
    return len(people) == len(set(people)) and all(
        pair not in instance.forbidden and instance.usable(pair) for pair in instance.pins
    )


def build_market(instance: TeamInstance) -> TeamMarket:
    """The instance in numbers. Its pins must hold (`pins_hold`)."""
    people = tuple(sorted(instance.candidates, key=instance.draw.__getitem__))
    pins = dict(instance.pins)
    wishes = [[pins[name]] if name in pins else instance.wishes(name) for name in people]
    number = {project: index for index, project in enumerate(instance.project_draw)}
    jobs = tuple(sorted({job for project in instance.projects.values() for job in project.places}))
    return TeamMarket(
        instance=instance,
        people=people,
        projects=instance.project_draw,
        jobs=jobs,
        pinned={index: number[pins[name]] for index, name in enumerate(people) if name in pins},
        market=Market(
            lists=tuple(tuple(number[project] for project in wished) for wished in wishes),
            desks=_desks(instance, people=people, wishes=wishes, jobs=jobs),
        ),
        ranks=tuple(
            tuple(instance.candidates[name].rank_of(project) for project in wished)
            for name, wished in zip(people, wishes, strict=True)
        ),
        minimum=tuple(
            instance.projects[p].min_size if instance.enforce else 0 for p in instance.project_draw
        ),
    )


def pins_fit(teams: TeamMarket) -> bool:
    """Whether the people pinned into each project can staff it together."""
    return all(
        staff([who for who, where in teams.pinned.items() if where == project], desk=desk) is not None
        for project, desk in enumerate(teams.market.desks)
    )


def _desks(
    instance: TeamInstance, *, people: tuple[str, ...], wishes: list[list[str]], jobs: tuple[str, ...]
) -> tuple[Desk, ...]:
    job_number = {job: index for index, job in enumerate(jobs)}
    applicants: dict[str, list[int]] = {project: [] for project in instance.project_draw}
    for person, wished in enumerate(wishes):
        for project in wished:
            applicants[project].append(person)
    return tuple(
        Desk(
            places={job_number[job]: count for job, count in instance.projects[project].places.items()},
            usable={
                person: tuple(job_number[job] for job in instance.usable((people[person], project)))
                for person in applicants[project]
            },
            priority=_priority(instance, project=project, people=people, applicants=applicants[project]),
        )
        for project in instance.project_draw
    )


def _priority(
    instance: TeamInstance, *, project: str, people: tuple[str, ...], applicants: list[int]
) -> dict[int, int]:
    """Pinned first, then the higher score, then the earlier draw (the order of the numbers)."""

    def turn(person: int) -> tuple[bool, int, int]:
        pair = (people[person], project)
        return pair not in instance.pins, -instance.scores.get(pair, 0), person

    return {person: turn for turn, person in enumerate(sorted(applicants, key=turn))}
