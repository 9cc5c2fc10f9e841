"""The three rounds of auditions."""

from collections.abc import Iterable, Mapping

from matching.interviews.allocation.fallback import Floor, Seat
from matching.interviews.allocation.instance import AuditionInstance, read_auditions
from matching.stable.deferred import Market, deferred_acceptance
from matching.stable.staffing import Desk, staff


def allocate_auditions(raw: Mapping[str, object]) -> dict[str, dict[str, str]]:
    """The result as in `docs/algorithm.md`; candidates in alphabetical order. Raises BadInput."""
    return allocate(read_auditions(raw))


def allocate(instance: AuditionInstance) -> dict[str, dict[str, str]]:
    rounds = _Rounds(instance)
    first = rounds.own_list(held={}, seekers=rounds.people)
    fallback = rounds.fallback(first)
    held = first | fallback
    second = rounds.own_list(held=held, seekers=held) if instance.max_auditions > 1 else {}
    return {
        "first": dict(sorted(first.items())),
        "fallback": dict(sorted(fallback.items())),
        "second": dict(sorted(second.items())),
    }


class _Rounds:
    """People are numbered by the draw, projects and jobs by name: the writing order changes nothing."""

    def __init__(self, instance: AuditionInstance) -> None:
        self.instance = instance
        self.people = sorted(instance.candidates, key=instance.draw.__getitem__)
        self.projects = sorted(instance.projects)
        jobs = sorted({job for project in instance.projects.values() for job in project.places})
        self.job_number = {job: number for number, job in enumerate(jobs)}
        self.jobs = jobs

    def own_list(self, *, held: Mapping[str, str], seekers: Iterable[str]) -> dict[str, str]:
        """One audition each from the seekers' own lists; those held come first everywhere and stay.

        Someone who holds an audition is two persons of the market: number `n` seeks, number `people + n`
        holds.
        """
        seeking, count = set(seekers), len(self.people)
        number = {project: index for index, project in enumerate(self.projects)}
        wishes = [self.instance.wishes(name) if name in seeking else [] for name in self.people]
        lists = [
            [number[project] for project in wished if held.get(name) != project]
            for name, wished in zip(self.people, wishes, strict=True)
        ]
        lists += [[number[held[name]]] if name in held else [] for name in self.people]
        market = Market(
            lists=tuple(map(tuple, lists)),
            desks=tuple(
                self._desk(project, people=[person for person, wished in enumerate(lists) if index in wished])
                for index, project in enumerate(self.projects)
            ),
        )
        outcome = deferred_acceptance(market)
        return {
            self.people[person]: self.projects[desk] for person, desk in outcome.places() if person < count
        }

    def fallback(self, first: Mapping[str, str]) -> dict[str, str]:
        instance = self.instance
        floor = Floor(
            room={
                (project, job): room
                for project in self.projects
                for job, room in instance.seats(project).items()
            },
            wanted={project: instance.wanted(project) for project in self.projects},
        )
        for project in self.projects:
            heard = [person for person, name in enumerate(self.people) if first.get(name) == project]
            self._seat_holders(floor, project=project, heard=heard)
        return floor.hand_out(
            {
                name: [seat for project in self.projects for seat in self._seats(name, project)]
                for name in self.people
                if name not in first
            }
        )

    def _seat_holders(self, floor: Floor, *, project: str, heard: list[int]) -> None:
        roster = staff(heard, desk=self._desk(project, people=heard))
        assert roster is not None, "those heard for a project can all be heard there"
        for person, job in roster.items():
            name = self.people[person]
            floor.hold(name, seat=(project, self.jobs[job]), seats=self._seats(name, project))

    def _seats(self, candidate: str, project: str) -> list[Seat]:
        return [(project, job) for job in self.instance.usable((candidate, project))]

    def _desk(self, project: str, *, people: Iterable[int]) -> Desk:
        """Holders first, then the dossier's score, then the draw."""
        count = len(self.people)
        applicants = list(people)

        def turn(person: int) -> tuple[bool, int, int]:
            return person < count, -self.instance.dossiers[self.people[person % count]], person

        return Desk(
            places={self.job_number[job]: room for job, room in self.instance.seats(project).items()},
            usable={
                person: tuple(
                    self.job_number[job]
                    for job in self.instance.usable((self.people[person % count], project))
                )
                for person in applicants
            },
            priority={person: place for place, person in enumerate(sorted(applicants, key=turn))},
        )
