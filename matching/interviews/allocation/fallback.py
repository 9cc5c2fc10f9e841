"""Another project for those who got none of theirs: as many proposals as possible, then the least shortage.

A flow of least cost, one audition at a time along augmenting paths. The only costs are at the end of a path:
an audition that relieves a short project is worth one. Successive cheapest paths are thus those that end in a
short project as long as there are any, then any others, and the result is exact (Ahuja, Magnanti, Orlin 1993,
chapter 9). Those who already have an audition may change role in their project, and nothing else.
"""

from collections.abc import Mapping, Sequence

Seat = tuple[str, str]
"""(project, job)"""

Person = tuple[str, bool]
"""(candidate, whether they already have their audition)"""


class Floor:
    """Who sits where while fallback auditions are handed out."""

    def __init__(self, *, room: Mapping[Seat, int], wanted: Mapping[str, int]) -> None:
        self.room = room
        self.missing = dict(wanted)
        """Project to auditions still missing; negative above what is wanted."""
        self.seated: dict[Seat, list[Person]] = {seat: [] for seat in room}
        self.seat_of: dict[Person, Seat] = {}
        self.choices: dict[Person, Sequence[Seat]] = {}

    def hold(self, candidate: str, *, seat: Seat, seats: Sequence[Seat]) -> None:
        """Someone is heard by the project of the seat, and may be heard in any of these seats of it."""
        holder = candidate, True
        self.choices[holder] = seats
        self._sit(holder, seat)
        self.missing[seat[0]] -= 1

    def hand_out(self, seats: Mapping[str, Sequence[Seat]]) -> dict[str, str]:
        """Candidate to project for as many as possible, the draw being the order in which candidates are
        given.
        """
        waiting: dict[Person, None] = {}
        for candidate, choices in seats.items():
            self.choices[candidate, False] = choices
            waiting[candidate, False] = None
        while (found := self._path(waiting)) is not None:
            seat, came_from = found
            self.missing[seat[0]] -= 1
            while (mover := came_from[seat]) not in waiting:
                left = self.seat_of[mover]
                self.seated[left].remove(mover)
                self._sit(mover, seat)
                seat = left
            self._sit(mover, seat)
            del waiting[mover]
        return {candidate: seat[0] for (candidate, holds), seat in self.seat_of.items() if not holds}

    def _path(self, waiting: Mapping[Person, None]) -> tuple[Seat, dict[Seat, Person]] | None:
        """A free seat that someone who waits can reach by displacing others, in a short project if there is
        one.
        """
        came_from: dict[Seat, Person] = {}
        queue: list[Seat] = []
        free: Seat | None = None

        def move(person: Person) -> None:
            for seat in self.choices[person]:
                if seat not in came_from:
                    came_from[seat] = person
                    queue.append(seat)

        for person in waiting:
            move(person)
        for seat in queue:
            if len(self.seated[seat]) < self.room[seat]:
                if self.missing[seat[0]] > 0:
                    return seat, came_from
                free = free or seat
            for person in self.seated[seat]:
                move(person)
        return None if free is None else (free, came_from)

    def _sit(self, person: Person, seat: Seat) -> None:
        self.seated[seat].append(person)
        self.seat_of[person] = seat
