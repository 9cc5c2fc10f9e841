"""The three rounds of auditions as a question, and why each wish was met or not. Plain values in and out."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching.stable.lottery import draw_order

Pair = tuple[int, int]
"""(application, project)"""


@dataclass(frozen=True, slots=True)
class Hall:
    """What a promotion's auditions are handed out from."""

    wishes: Mapping[int, Sequence[int]]
    """Application to the projects of its certified list, in order."""
    scores: Mapping[int, int]
    trades: Mapping[int, Collection[int]]
    seats: Mapping[Pair, int]
    """(project, trade) to places."""
    per_place: int
    least_per_place: int
    most_each: int
    seed: str
    held: Collection[Pair]
    """Auditions that stand already, and proposals that wait: they keep their room."""
    willing: Collection[int]
    """Applications that accept another project."""
    settled: Collection[Pair]
    """Proposed already, whatever was answered: never again."""
    waiting: Collection[Pair] = ()
    """Those of `held` that are proposals without an answer yet."""


def question(hall: Hall) -> dict[str, Any]:
    """An `audition` instance. Whoever is heard, or asked, outside their wishes has that project last in their
    list: the room was left by everybody's first round, so that running again takes it from nobody.
    """
    holders = {application for application, _ in hall.held}
    people = sorted(set(hall.trades) & (set(hall.wishes) | set(hall.willing) | holders))
    offered = sorted({project for project, _ in hall.seats})
    ranks = {one: _ranks(hall, one) for one in people}
    return {
        "schema": "eig-matching/1",
        "id": hall.seed,
        "kind": "audition",
        "candidates": [
            {
                "id": str(one),
                "jobs": sorted(str(trade) for trade in hall.trades[one]),
                "ranks": [str(project) for project in ranks[one]],
                "dossier": hall.scores.get(one, 0),
            }
            for one in people
        ],
        "projects": [{"id": str(project), "slots": _slots(hall, project)} for project in offered],
        "auditions_per_place": hall.per_place,
        "min_auditions_per_place": hall.least_per_place,
        "max_auditions": hall.most_each,
        "lottery": list(draw_order(hall.seed, [str(one) for one in people])),
        "forbid": _forbidden(hall, ranks, offered),
    }


def _ranks(hall: Hall, one: int) -> list[int]:
    wished = list(hall.wishes.get(one, ()))
    return wished + sorted(where for who, where in hall.held if who == one and where not in wished)


def _slots(hall: Hall, project: int) -> list[dict[str, Any]]:
    return [
        {"job": str(trade), "count": places}
        for (one, trade), places in sorted(hall.seats.items())
        if one == project and places
    ]


def _forbidden(hall: Hall, ranks: Mapping[int, Sequence[int]], offered: Sequence[int]) -> list[list[str]]:
    """Who refuses another project has only their wishes; what was proposed once is not proposed again."""
    return [
        [str(one), str(project)]
        for one, listed in ranks.items()
        for project in offered
        if project not in listed and (one not in hall.willing or (one, project) in hall.settled)
    ]


def to_add(hall: Hall, found: Mapping[str, Mapping[str, str]], *, turn: str) -> list[Pair]:
    """What a round adds to what stands: nothing stands in two ways, and no room is given twice."""
    counts = Counter(application for application, _ in hall.held)
    room = {project: room_left(hall, project) for project, _ in hall.seats}
    added = []
    for name, where in found[turn].items():
        one, project = int(name), int(where)
        wanted = 1 if turn == "second" else 0
        mine = [slot for slot in room[project] if int(slot["job"]) in hall.trades[one] and slot["count"]]
        if (one, project) in hall.held or counts[one] != wanted or not mine:
            continue
        max(mine, key=lambda slot: slot["count"])["count"] -= 1
        added.append((one, project))
    return sorted(added, key=lambda pair: (pair[1], -hall.scores.get(pair[0], 0), pair[0]))


def room_left(hall: Hall, project: int) -> list[dict[str, Any]]:
    """Auditions left for each trade; whoever is heard already takes one from the trades that are theirs."""
    room = {
        trade: number * hall.per_place
        for (one, trade), number in sorted(hall.seats.items())
        if one == project
    }
    for application in sorted(one for one, where in hall.held if where == project):
        mine = [trade for trade in room if trade in hall.trades.get(application, ()) and room[trade]]
        if taken := mine or [trade for trade in room if room[trade]]:
            room[max(taken, key=lambda trade: (room[trade], trade))] -= 1
    return [{"job": str(trade), "count": count} for trade, count in sorted(room.items()) if count]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a wish was met or not, for the team: a code and a sentence."""

    code: str
    sentence: str


SENTENCES = {
    "heard": "Entendue pour ce projet.",
    "proposed": "Audition proposée, en attente de réponse.",
    "no_role": "Ce projet ne cherche aucun de ses métiers.",
    "not_reached": "Déjà entendue pour un vœu préféré ; plus de place pour une seconde audition.",
    "lottery": "À note égale avec la dernière personne retenue ; le tirage a départagé.",
    "outranked": "Toutes les auditions de ses métiers sont prises par des dossiers mieux notés.",
    "free": "Il reste de la place : relancez la répartition.",
    "twice": "A déjà le nombre d’auditions prévu.",
}


def reason_of(hall: Hall, application: int, project: int) -> Reason:
    """The first that applies, from what stands now."""
    if (application, project) in hall.waiting:
        return _said("proposed")
    if (application, project) in hall.held:
        return _said("heard")
    mine = set(hall.trades.get(application, ()))
    if not any(where == project and trade in mine for where, trade in hall.seats):
        return _said("no_role")
    own = [where for one, where in hall.held if one == application]
    if len(own) >= hall.most_each:
        return _said("twice")
    if any(int(slot["job"]) in mine for slot in room_left(hall, project)):
        return _said("not_reached" if own else "free")
    if own:
        return _said("not_reached")
    rivals = [
        hall.scores.get(one, 0)
        for one, where in hall.held
        if where == project and mine & set(hall.trades.get(one, ()))
    ]
    tied = bool(rivals) and min(rivals) == hall.scores.get(application, 0)
    return _said("lottery" if tied else "outranked")


def _said(code: str) -> Reason:
    return Reason(code, SENTENCES[code])


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A position: how many people heard could take it, for how many places."""

    project: int
    trade: int
    seats: int
    heard: int
    """People heard for the project who have this trade."""
    only: int
    """Of those, people whose other trades are not sought here: nobody else can use them."""

    @property
    def risk(self) -> str:
        """« vide » when nobody could take it, « faible » when there are fewer people than places twice."""
        if self.heard < self.seats:
            return "vide"
        return "faible" if self.heard < 2 * self.seats else ""


def per_place(hall: Hall) -> list[PlaceLine]:
    """Heard per place, position by position, the scarcest first."""
    sought: dict[int, set[int]] = defaultdict(set)
    for project, trade in hall.seats:
        sought[project].add(trade)
    lines = []
    for (project, trade), seats in hall.seats.items():
        heard = [one for one, where in hall.held if where == project and trade in hall.trades.get(one, ())]
        only = [one for one in heard if set(hall.trades.get(one, ())) & sought[project] == {trade}]
        lines.append(PlaceLine(project, trade, seats, len(heard), len(only)))
    return sorted(lines, key=lambda line: (line.heard * 100 // max(line.seats, 1), line.project, line.trade))
