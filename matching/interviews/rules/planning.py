"""Who is heard for which project: the certified wishes, by dossier score.

Up to a number of auditions per seat.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


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
    planned: Collection[Proposal] = (),
) -> list[Proposal]:
    """Auditions to add to those already `planned`.

    `wishes`: project ids by application, in order; `scores`: dossier scores by application; `trades`: trade
    ids by application; `seats`: by (project, trade). A position hears at most `per_seat` people for each of
    its seats, the best dossiers first; people with the same score at the cut are all heard, so that no
    hidden order decides. A candidate with two trades counts for each position they could hold.
    """
    chosen: set[Proposal] = set()
    for (project, trade), number in sorted(seats.items()):
        wanting = [
            application
            for application, order in wishes.items()
            if project in order and trade in trades.get(application, ())
        ]
        already = [application for application in wanting if Proposal(application, project) in planned]
        room = number * per_seat - len(already)
        rest = sorted(
            (application for application in wanting if Proposal(application, project) not in planned),
            key=lambda application: (-scores.get(application, 0), application),
        )
        chosen.update(Proposal(application, project) for application in _best(rest, scores, room))
    return sorted(chosen, key=lambda item: (item.project, -scores.get(item.application, 0), item.application))


def _best(applications: Sequence[int], scores: Mapping[int, int], room: int) -> list[int]:
    if room <= 0 or not applications:
        return []
    cut = scores.get(applications[min(room, len(applications)) - 1], 0)
    return [application for application in applications if scores.get(application, 0) >= cut]
