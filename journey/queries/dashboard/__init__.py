"""« Mon espace »: what is mine, where it stands, what is expected of me. An ordered list of small functions.

Nothing here is a stored state: each card reads the furthest record that exists, and only what is public.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from eig.accounts.models import User
from journey.queries.dashboard.candidate import (
    applications,
    auditions,
    missions,
    offers,
    outcomes,
    proposals,
    rankings,
)
from journey.queries.dashboard.card import Card, Person
from journey.queries.dashboard.judge import hearings, juries, readings
from journey.queries.dashboard.lead import companionships, corrections, projects, visas

SECTIONS: tuple[Callable[[Person], Iterator[Card]], ...] = (
    offers,
    outcomes,
    missions,
    proposals,
    rankings,
    auditions,
    corrections,
    visas,
    applications,
    projects,
    companionships,
    readings,
    hearings,
    juries,
)


@dataclass(frozen=True, slots=True)
class Space:
    """What waits for me, the nearest deadline first; then, in the order of the steps, the rest."""

    to_do: Sequence[Card]
    under_way: Sequence[Card]
    over: Sequence[Card]

    @property
    def is_empty(self) -> bool:
        return not (self.to_do or self.under_way or self.over)


def space_of(user: User) -> Space:
    person = Person(user)
    cards = [card for section in SECTIONS for card in section(person)]
    waiting = [card for card in cards if card.urgent]
    return Space(
        to_do=sorted(waiting, key=lambda card: (card.until is None, card.until)),
        under_way=[card for card in cards if not card.urgent and not card.over],
        over=[card for card in cards if card.over and not card.urgent],
    )
