"""What the invented readers and jurors write beside their marks."""

from collections.abc import Mapping
from typing import Any

from rehearsal.corpus import appreciation, comment, verdict_of

FAVOURITE_FROM = 28


def said(grid: str, marks: Mapping[str, int], *, key: str, middle: str = "neutral") -> dict[str, Any]:
    """Appreciations for the low and the high marks, an overall sentence, the verdict and the coup de cœur."""
    verdict = verdict_of(marks, middle=middle)
    return {
        "appreciations": {
            code: comment(grid, code, mark, key=key) for code, mark in marks.items() if mark < 3 or mark > 4
        },
        "comment": appreciation(grid, verdict, key=key),
        "verdict": verdict,
        "favourite": sum(marks.values()) * 6 >= FAVOURITE_FROM * len(marks),
    }
