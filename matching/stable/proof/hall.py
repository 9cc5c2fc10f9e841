"""Hall's condition: people can staff a team when no set of jobs is asked for by more people than it has
places.
"""

from collections.abc import Collection, Iterable, Mapping

MAX_JOBS_BY_SETS = 10
"""Beyond, sets of jobs are too many to go through and the same question is put as a matching."""


class Crew:
    """The places of one team. The jobs of a person here are bits of an integer."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self.bits = {job: 1 << index for index, job in enumerate(sorted(places))}
        self.counts = tuple(places[job] for job in self.bits)
        self._answers: dict[tuple[int, ...], bool] = {}

    def mask(self, jobs: Iterable[str]) -> int:
        """The person's jobs for which the team has a place; 0 when there is none."""
        return sum(self.bits[job] for job in set(jobs) if job in self.bits)

    def fits(self, masks: Collection[int]) -> bool:
        """Whether people with these jobs can all have a place at the same time."""
        key = tuple(sorted(masks))
        if key not in self._answers:
            by_sets = len(self.counts) <= MAX_JOBS_BY_SETS
            self._answers[key] = self.satisfies_hall(key) if by_sets else self.has_matching(key)
        return self._answers[key]

    def satisfies_hall(self, masks: tuple[int, ...]) -> bool:
        """It is enough to look at the sets of jobs that some of the people cover together."""
        covered = {0}
        for mask in set(masks):
            covered |= {jobs | mask for jobs in covered}
        return (
            all(sum(not mask & ~jobs for mask in masks) <= self._room(jobs) for jobs in covered)
            and 0 not in masks
        )

    def has_matching(self, masks: Collection[int]) -> bool:
        return self.seats(masks) is not None

    def seats(self, masks: Collection[int]) -> list[int] | None:
        """A job for each person, as the number of its bit; None when they do not all fit.

        One person after the other, each displacing others if need be (Kuhn 1955).
        """
        people = tuple(masks)
        holders: list[list[int]] = [[] for _ in self.counts]
        if not all(self._place(person, people, holders, set()) for person in range(len(people))):
            return None
        job_of = {person: job for job, held in enumerate(holders) for person in held}
        return [job_of[person] for person in range(len(people))]

    def _place(self, person: int, masks: tuple[int, ...], holders: list[list[int]], tried: set[int]) -> bool:
        for job, count in enumerate(self.counts):
            if not masks[person] >> job & 1 or job in tried:
                continue
            tried.add(job)
            if len(holders[job]) < count:
                holders[job].append(person)
                return True
            for index, holder in enumerate(holders[job]):
                if self._place(holder, masks, holders, tried):
                    holders[job][index] = person
                    return True
        return False

    def _room(self, jobs: int) -> int:
        return sum(count for job, count in enumerate(self.counts) if jobs >> job & 1)
