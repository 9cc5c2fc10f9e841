"""From marks to words: the reason that a person is given, in the grid's own sentences."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

# The two halves of a reason, as it is told.
LACKED, CONVINCED = "Ce qui a manqué", "Ce qui a convaincu"


def _nearest(marks: Collection[int], mean: Fraction) -> int:
    """Of two as near, the lower one."""
    return min(marks, key=lambda mark: (abs(mean - mark), mark))


def anchor_nearest(anchors: Mapping[str, str], mean: Fraction) -> str:
    """The grid's sentence for the mark nearest to a mean."""
    return anchors[str(_nearest([int(mark) for mark in anchors], mean))] if anchors else ""


@dataclass(frozen=True, slots=True)
class Judged:
    """One criterion over all that was signed of a dossier; `kept` is the mean there of those kept, if any."""

    label: str
    anchors: Mapping[str, str]
    mean: Fraction
    weight: int = 1
    kept: Fraction | None = None

    @property
    def marks(self) -> list[int]:
        """Those that the grid puts in words."""
        return sorted(int(mark) for mark in self.anchors)

    @property
    def is_strong(self) -> bool:
        """Above the middle of the scale, the sentence is a compliment."""
        return 2 * self.mean > self.marks[0] + self.marks[-1]

    def said(self, mark: int) -> str:
        words = self.anchors[str(mark)]
        return f"– {self.label} : {words[:1].lower()}{words[1:]}"

    def lacked(self) -> str:
        """The grid's sentence, never alone: what the next one asks comes after it."""
        at = _nearest(self.marks[:-1], self.mean)
        above = self.marks[self.marks.index(at) + 1]
        return f"{self.said(at)} Pour une note plus haute : « {self.anchors[str(above)]} »"


def written_reason(judged: Collection[Judged], *, is_kept: bool = False) -> str:
    """A reason in the grid's own sentences: for a refusal what was lacking, then what convinced.

    What was lacking is where most points were lost to those kept, or else to the top of the scale.
    """
    told = [item for item in judged if len(item.anchors) > 1]
    lacking: list[Judged] = []
    if not is_kept:
        lacking = _lost_most((item, item.kept) for item in told if item.kept is not None)
        lacking = lacking or _lost_most((item, Fraction(item.marks[-1])) for item in told)
    strong = [item for item in told if item not in lacking and (is_kept or item.is_strong)]
    best = sorted(strong, key=lambda item: -item.mean)[:2]
    parts = [
        (f"{LACKED} :", [item.lacked() for item in lacking]),
        (f"{CONVINCED} :", [item.said(_nearest(item.marks, item.mean)) for item in best]),
    ]
    return "\n\n".join("\n".join([title, *lines]) for title, lines in parts if lines)


def _lost_most(against: Iterable[tuple[Judged, Fraction]]) -> list[Judged]:
    """The two criteria where most points are lacking, weights counted."""
    lost = [((mean - item.mean) * item.weight, item) for item, mean in against if mean > item.mean]
    return [item for _, item in sorted(lost, key=lambda pair: -pair[0])[:2]]
