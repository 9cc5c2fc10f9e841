"""The shape of one entry of the main navigation; the roof decides which entries there are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NavEntry:
    """A link of the main menu, or a closed list of links when it has children."""

    label: str
    url: str
    current: bool = False
    children: tuple[NavEntry, ...] = ()
