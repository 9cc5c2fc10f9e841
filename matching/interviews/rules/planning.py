"""Who is heard for which project: one audition each before two for some, best dossiers first.

The rule is that of `matching.interviews.allocation` (rounds 1 and 3): nobody is refused an audition that a
lower-ranked dossier gets.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching.interviews.allocation import allocate_auditions
from matching.stable.lottery import draw_order

MOST_EACH = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    application: int
    project: int


def auditions_proposed(
    *,
    wishes: Mapping[int, Sequence[int]],
    scores: Mapping[int, int],
    trades: Mapping[int, Collection[int]],
    seats: Mapping[tuple[int, int], int],
    per_seat: int,
    seed: str,
    planned: Collection[Proposal] = (),
) -> list[Proposal]:
    """Auditions to add for the people who have none, at most two each, from their own wishes.

    `wishes`: project ids by application, in order; `scores`: dossier scores by application; `trades`: trade
    ids by application; `seats`: by (project, trade). A seat gives `per_seat` auditions, less those already
    `planned`. Equal scores are told apart by the draw of `seed`.
    """
    waiting = sorted(set(wishes) - {item.application for item in planned})
    taken = Counter(item.project for item in planned)
    offered = {project for project, _ in seats}
    instance = {
        "schema": "eig-matching/1",
        "id": seed,
        "kind": "audition",
        "candidates": [
            {
                "id": str(one),
                "jobs": sorted(str(trade) for trade in trades.get(one, ())),
                "ranks": [str(project) for project in wishes[one]],
                "dossier": scores.get(one, 0),
            }
            for one in waiting
        ],
        "projects": [
            {"id": str(project), "slots": _slots(project, seats, per_seat=per_seat, taken=taken[project])}
            for project in sorted(offered)
        ],
        "auditions_per_place": 1,
        "min_auditions_per_place": 0,
        "max_auditions": MOST_EACH,
        "lottery": list(draw_order(seed, [str(one) for one in waiting])),
        # Another project is proposed with the person's consent only: never here.
        "forbid": [[str(one), str(project)] for one in waiting for project in offered - set(wishes[one])],
    }
    found = allocate_auditions(instance)
    pairs = [*found["first"].items(), *found["second"].items()]
    return sorted(
        (Proposal(int(one), int(project)) for one, project in pairs),
        key=lambda item: (item.project, -scores.get(item.application, 0), item.application),
    )


def _slots(
    project: int, seats: Mapping[tuple[int, int], int], *, per_seat: int, taken: int
) -> list[dict[str, Any]]:
    """Auditions left for each trade; what is planned already takes its room from the largest first."""
    room = {trade: number * per_seat for (one, trade), number in seats.items() if one == project}
    for _ in range(min(taken, sum(room.values()))):
        largest = max(room, key=lambda trade: (room[trade], trade))
        room[largest] -= 1
    return [{"job": str(trade), "count": count} for trade, count in sorted(room.items()) if count]
