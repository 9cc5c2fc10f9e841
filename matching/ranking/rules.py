"""What may be wished for, how many wishes make a list, what is certified.

Plain values in, plain values out.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wish:
    """A project (by its public code) and why it attracts."""

    project: str
    reason: str = ""


def is_offered(sought: Collection[str], mine: Collection[str]) -> bool:
    """A project is offered to whoever has one of the trades it seeks (règlement EIG6.

    Vœux par spécialité).
    """
    return not set(mine).isdisjoint(sought)


def wishes_needed(minimum: int, offered: int) -> int:
    """How many wishes make a list: the minimum of the règlement.

    Or fewer when fewer projects are offered, never none.
    """
    return max(1, min(minimum, offered))


def moved(order: Sequence[T], item: T, *, up: bool) -> list[T]:
    """The order with `item` one place up or down; at the end of the list nothing changes."""
    result = list(order)
    here = result.index(item)
    there = here - 1 if up else here + 1
    if 0 <= there < len(result):
        result[here], result[there] = result[there], result[here]
    return result


def digest(value: object) -> str:
    """SHA-256 of a JSON value written in its canonical form (sorted keys, no spaces, UTF-8)."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def certified_content(
    *, application: str, wishes: Sequence[Wish], accepts_other_project: bool, certified_at: datetime
) -> Mapping[str, object]:
    """What a receipt proves: who, which projects in which order with which reasons, at which instant."""
    return {
        "application": application,
        "wishes": [[wish.project, wish.reason] for wish in wishes],
        "accepts_other_project": accepts_other_project,
        "certified_at": certified_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }
