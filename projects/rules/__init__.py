"""What the programme decides about projects with paper and pencil."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from projects.rules.seats import seats_refusal
from projects.rules.slug import free_slug, slug_of
from projects.rules.text import paragraphs, squeezed, tidy_themes
from projects.rules.words import AFTER_DECISION, NEXT, NOW, kind_of

__all__ = [
    "AFTER_DECISION",
    "NEXT",
    "NOW",
    "ReaderLoad",
    "anchor_nearest",
    "distribution",
    "free_slug",
    "kind_of",
    "paragraphs",
    "seats_refusal",
    "slug_of",
    "squeezed",
    "tidy_themes",
]


@dataclass(frozen=True, slots=True)
class ReaderLoad:
    """A reader before a distribution: what they already hold, what they may hold at most."""

    reader: int
    held: int
    cap: int


def distribution(
    wanted: Mapping[int, int], loads: Sequence[ReaderLoad], barred: Collection[tuple[int, int]]
) -> list[tuple[int, int]]:
    """(project, reader) pairs to add so that each project gets the readings it lacks, evenly.

    `wanted` is how many readings each project lacks; `barred` holds the (project, reader) pairs that must
    not be made: recusals, own projects, readings that exist. The project with the fewest possible readers
    is served first; each takes the least loaded reader. Same input, same output.
    """
    room = {load.reader: load.cap - load.held for load in loads}
    held = {load.reader: load.held for load in loads}
    forbidden = set(barred)
    pairs: list[tuple[int, int]] = []

    def possible(project: int) -> list[int]:
        return [reader for reader in sorted(room) if room[reader] > 0 and (project, reader) not in forbidden]

    lacking = {project: count for project, count in wanted.items() if count > 0}
    while lacking:
        project = min(lacking, key=lambda item: (len(possible(item)) - lacking[item], item))
        readers = possible(project)
        if not readers:
            del lacking[project]
            continue
        reader = min(readers, key=lambda item: (held[item], item))
        pairs.append((project, reader))
        forbidden.add((project, reader))
        held[reader] += 1
        room[reader] -= 1
        lacking[project] -= 1
        if not lacking[project]:
            del lacking[project]
    return pairs


def anchor_nearest(anchors: Mapping[str, str], mean: Fraction) -> str:
    """The grid's sentence for the mark nearest to a mean; of two as near, the lower one."""
    marks = sorted(int(mark) for mark in anchors)
    if not marks:
        return ""
    nearest = min(marks, key=lambda mark: (abs(mean - mark), mark))
    return anchors[str(nearest)]
