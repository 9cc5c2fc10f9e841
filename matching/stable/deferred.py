"""Candidate-proposing deferred acceptance (Gale and Shapley 1962) with the staffing rule as the teams'
choice.

The choice is greedy in a matroid, hence substitutable with the law of aggregate demand: the result is the
stable matching that every candidate likes best, whatever the order of proposals (Fleiner 2003; Hatfield and
Milgrom 2005).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from matching.stable.staffing import Desk, Roster, seat


@dataclass(frozen=True, slots=True)
class Market:
    """People and desks are numbered from 0."""

    lists: tuple[tuple[int, ...], ...]
    """For each person the acceptable desks, best first, without repetition."""
    desks: tuple[Desk, ...]

    @property
    def everything(self) -> int:
        """The set of all desks; sets of desks are bits of an integer."""
        return (1 << len(self.desks)) - 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """The candidate-optimal stable matching among the open desks."""

    open: int
    turns: list[int]
    """How far each person has gone down their list: the last desk asked is at `turns - 1`."""
    rosters: list[Roster]

    def places(self) -> Iterator[tuple[int, int]]:
        """(person, desk) for everyone who has a place."""
        return ((person, desk) for desk, roster in enumerate(self.rosters) for person in roster)

    def size(self, desk: int) -> int:
        return len(self.rosters[desk])


def deferred_acceptance(market: Market, *, opened: int | None = None) -> Outcome:
    """Run among the opened desks, all by default. Steps: total length of the lists x (members x jobs of a
    desk).
    """
    people = len(market.lists)
    outcome = Outcome(
        open=market.everything if opened is None else opened,
        turns=[0] * people,
        rosters=[{} for _ in market.desks],
    )
    _settle(market, outcome=outcome, waiting=list(range(people - 1, -1, -1)))
    return outcome


def close(market: Market, *, outcome: Outcome, desk: int) -> Outcome:
    """The outcome with one more desk closed, continued from the given one, which is left as it is.

    Nothing is lost by continuing: whatever was offered before the closure is offered after it too, so every
    refusal already pronounced stands.
    """
    after = Outcome(
        open=outcome.open & ~(1 << desk),
        turns=outcome.turns.copy(),
        rosters=[roster.copy() for roster in outcome.rosters],
    )
    waiting = list(after.rosters[desk])
    after.rosters[desk].clear()
    _settle(market, outcome=after, waiting=waiting)
    return after


def _settle(market: Market, *, outcome: Outcome, waiting: list[int]) -> None:
    """Let those who wait propose down their lists until everyone is seated or has no desk left to ask."""
    turns, opened = outcome.turns, outcome.open
    while waiting:
        person = waiting.pop()
        wishes = market.lists[person]
        left_out: int | None = person
        while left_out == person and turns[person] < len(wishes):
            desk = wishes[turns[person]]
            turns[person] += 1
            if opened >> desk & 1:
                left_out = seat(outcome.rosters[desk], desk=market.desks[desk], newcomer=person)
        if left_out is not None and left_out != person:
            waiting.append(left_out)
