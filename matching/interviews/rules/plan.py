"""Words for a computed timetable: its stages, what it lacks, whom it moves. Plain values in and out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

STAGES: Mapping[str, str] = MappingProxyType(
    {
        "counting": "compte des places",
        "half_days": "choix des demi-journées",
        "ranks": "premières auditions d’abord",
        "fairness": "charge égale entre jurés",
        "grouping": "peu de jurys par projet",
        "rooms": "salles et composition des jurys",
        "whole_week": "semaine entière, salle par salle",
        "moves": "le moins de déplacements",
        "times": "horaires",
    }
)


@dataclass(frozen=True, slots=True)
class Move:
    """An audition (by its id in the question) that leaves a place for another; None is no place."""

    audition: str
    before: tuple[int, int, int] | None
    after: tuple[int, int, int] | None


def _read(place: Mapping[str, int] | None) -> tuple[int, int, int] | None:
    return None if place is None else (place["half_day"], place["room"], place["slot"])


def moves(before: Mapping[str, Mapping[str, int]], after: Mapping[str, Mapping[str, int]]) -> list[Move]:
    """Auditions placed before whose place changes, in the order of their ids."""
    return [
        Move(name, _read(place), _read(after.get(name)))
        for name, place in sorted(before.items())
        if _read(place) != _read(after.get(name))
    ]


def missing_words(missing: Mapping[str, int], words: Mapping[str, str]) -> str:
    """« 1 DINUM et 2 personnalités extérieures »."""
    parts = [f"{count} {words.get(kind, kind)}" for kind, count in missing.items()]
    return " et ".join(parts)


def capacity_words(shortages: Sequence[tuple[str, int, int, str]]) -> str:
    """`shortages`: (half-day in words, panels, rooms, missing in words)."""
    return " ".join(
        f"{when} : {panels} jury{'s' if panels > 1 else ''} pour {rooms} salles, il manque {missing}."
        for when, panels, rooms, missing in shortages
    )
