"""Slots of a panel, and a first placement that respects every constraint; the best one is a solver's work."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eig.meetings.rules import Interval


@dataclass(frozen=True, slots=True)
class Unplaced:
    audition: int
    candidate: int
    project: int


@dataclass(frozen=True, slots=True)
class OpenSlot:
    slot: int
    panel: int
    starts: datetime
    ends: datetime


def first_fit(
    auditions: Sequence[Unplaced],
    slots: Sequence[OpenSlot],
    *,
    busy: Mapping[int, Collection[Interval]],
    barred: Collection[tuple[int, int]],
    homes: Mapping[int, Collection[int]],
    apart: Collection[tuple[int, int]] = (),
) -> dict[int, int]:
    """A slot for each audition that can have one, by audition.

    `busy`: times already taken, by candidate; `barred`: (panel, candidate) that must not meet; `apart`:
    (panel, project), likewise; `homes`: panels that already hear a project. The auditions of a project go to
    the panel that hears it already when they can, so that one jury compares its candidates.
    """
    taken = {candidate: list(times) for candidate, times in busy.items()}
    panels = defaultdict(set, {project: set(ids) for project, ids in homes.items()})
    free = sorted(slots, key=lambda item: (item.starts, item.panel, item.slot))
    placed: dict[int, int] = {}
    sizes = Counter(item.project for item in auditions)
    for item in sorted(auditions, key=lambda item: (-sizes[item.project], item.project, item.audition)):
        fits = [
            slot
            for slot in free
            if (slot.panel, item.candidate) not in barred
            and (slot.panel, item.project) not in apart
            and not any(_overlap(slot, times) for times in taken.get(item.candidate, ()))
        ]
        if not fits:
            continue
        best = min(
            fits,
            key=lambda slot: (slot.panel not in panels[item.project], slot.starts, slot.panel, slot.slot),
        )
        free.remove(best)
        placed[item.audition] = best.slot
        taken.setdefault(item.candidate, []).append((best.starts, best.ends))
        panels[item.project].add(best.panel)
    return placed


def _overlap(slot: OpenSlot, times: Interval) -> bool:
    return slot.starts < times[1] and times[0] < slot.ends
