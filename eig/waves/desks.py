"""What a step adds to the screens of its waves: addresses, lines of tables, what is read before deciding."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eig.accounts.doors import SignedInRequest
from eig.promotions.models import Promotion
from eig.waves.kinds import WaveKind

PAGE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """A decision, or a record to decide upon, as a line of a table."""

    code: Any
    label: str
    href: str
    detail: str
    # The mean of its readings, on the scale of the grid.
    mark: Any
    decision: Any = None


@dataclass(frozen=True, slots=True)
class WaveDesk:
    """What a step adds to the screens: addresses, lines, what is read before deciding."""

    kind: WaveKind
    # The namespace of its addresses.
    app: str
    title: str
    # The list from which one comes: its name, its address.
    above: tuple[str, str]
    # The template of the menu of the step's pages, and its style sheet.
    menu: str
    style: str
    # What is counted on the list: « Lauréats ».
    kept_title: str
    # The header of the records' column: « Projet ».
    one_title: str
    lines: Callable[[Promotion, Sequence[Any]], list[Line]]
    # The record of this code that may be decided upon in the promotion, or 404.
    target: Callable[[Promotion, Any], Any]
    # The template of what is read before deciding, its context, the reason from which one starts.
    reading: str
    read: Callable[[Any], tuple[Mapping[str, Any], str]]
    # What the list says is left to decide.
    left: Callable[[Promotion], str]
    # The template of the other ways to propose, and its context while the wave takes proposals.
    proposing: str
    propose: Callable[[SignedInRequest, Promotion], Mapping[str, Any]]
