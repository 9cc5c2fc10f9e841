"""What differs between two kinds of juries: each step says it once, in a frozen object."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from eig.juries.models import AnyPanel, AnySeat

P = TypeVar("P", bound=AnyPanel)
S = TypeVar("S", bound=AnySeat)


@dataclass(frozen=True, slots=True)
class Verbs:
    """What the journal says of each deed."""

    create: str
    change: str
    seat: str
    unseat: str


@dataclass(frozen=True, slots=True)
class Table(Generic[P, S]):
    """A kind of juries, and who sits there."""

    # « Jury de projets »: on calendars and letters.
    name: str
    # Where somebody finds the juries where they sit: the name of a door.
    page: str
    panels: type[P]
    seats: type[S]
    # The link from a seat to its jury.
    panel: str
    # Constraint → what it refuses, « {juror} » being who would sit.
    refusals: Mapping[str, str]
    verbs: Verbs
    most: int | None = None
