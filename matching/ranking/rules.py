"""What may be wished for, how many wishes make a list, what is certified. Plain values in and out."""

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
    """A project is offered to whoever has a trade it seeks (règlement EIG6, vœux par spécialité)."""
    return not set(mine).isdisjoint(sought)


def wishes_needed(minimum: int, offered: int) -> int:
    """How many wishes make a list: the règlement's minimum, fewer when fewer are offered, never none."""
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


def placed(order: Sequence[T], item: T, *, rank: int) -> list[T]:
    """The order with `item` at a rank counted from 1, kept within the list; the others keep their order."""
    result = [other for other in order if other != item]
    result.insert(min(max(rank, 1), len(order)) - 1, item)
    return result


@dataclass(frozen=True, slots=True)
class Freedom:
    """What an adjustment opens: wishes that may go or move, and how many projects may come in besides."""

    loose: frozenset[int]
    openings: int


def adjustment_fault(before: Sequence[int], after: Sequence[int], freedom: Freedom) -> str:
    """Why a list is not a fair adjustment of the one before, or nothing.

    Only the wish whose project changed may move, leave or be replaced; a withdrawn one may be replaced. All
    others stay, in the same order.
    """
    if len(set(after)) != len(after):
        return "Un même défi ne peut pas figurer deux fois."
    settled = [project for project in before if project not in freedom.loose]
    if [project for project in after if project in settled] != settled:
        return "Seul le vœu concerné peut changer : les autres restent, dans le même ordre."
    gone = sum(project not in after for project in before if project in freedom.loose)
    if len(set(after) - set(before)) > freedom.openings + gone:
        return "Un vœu retiré se remplace par un seul défi."
    if not after:
        return "La liste ne peut pas rester vide."
    return ""
