"""Every URL × every actor × six states of a promotion: nothing opens too early, too late or too much.

A page is asked for, a deed is tried. A door that read nothing of the state to decide on its answer gives the
same in all six, and is not asked again.
"""

from collections.abc import Iterator

import pytest

from tests.databases import forgotten
from tests.repository.doors import ACTORS, AWAY, HIDDEN, LOGIN, OPEN
from tests.repository.doors.seasons import DONE, REFUSED, seasons
from tests.repository.states import STATES, WORLD, Facts, put
from tests.repository.visiting import DOORS, TABLES, Visit, Visits

ROWS = seasons()
ROOMS = {table.__name__.rpartition(".")[2]: list(table.DOORS) for table in TABLES}


def answer(visit: Visit) -> str:
    """What a visit met, in the words of the tables."""
    if visit.leads_to_login:
        return LOGIN
    if visit.status in {404, 405}:
        return HIDDEN
    if visit.verb == "POST":
        return DONE if visit.written - {"journal_consultation"} else REFUSED
    return {200: OPEN, 302: AWAY}.get(visit.status, str(visit.status))


def expected(visit: Visit, state: str) -> str:
    """What is written, or else what it was in the world: not what a state makes of it."""
    name, actor = visit.door.name, visit.actor
    row = ROWS.get((name, actor)) or (ROWS.get((name, "")) if visit.door.answers[actor] != HIDDEN else None)
    return row[state] if row and answer(visit) != LOGIN else answer(visit)


def depending(visits: Visits, room: str) -> Iterator[Visit]:
    """What was seen in the world behind the doors of a room, when it may be otherwise in another state."""
    for name in ROOMS[room]:
        for actor in ACTORS:
            visit = visits.visit(DOORS[name], actor, DOORS[name].verb)
            if visit.read:
                yield visit


def same(read: frozenset[str], one: Facts, other: Facts) -> bool:
    return all(one[fact] == other[fact] for fact in read)


@pytest.mark.parametrize("room", ROOMS)
def test_a_door_opens_in_each_state_of_its_promotion_as_it_is_written(visits: Visits, room: str) -> None:
    rows = {(name, named) for name, named in ROWS if name in ROOMS[room]}
    # Beside each door, its answers so far: in which state, and what of it they came from.
    asked = [(visit, [(visit, WORLD)]) for visit in depending(visits, room)]
    found = []
    for state, facts in STATES.items():
        with forgotten():
            put(facts)
            for first, known in asked:
                now = next((visit for visit, then in known if same(visit.read, then, facts)), None)
                if now is None:
                    now = visits.look(first.door, first.actor, first.verb, shown=False)
                    known.append((now, facts))
                if answer(now) != expected(first, state):
                    found.append(f"{state}: {now}, {answer(now)} and not {expected(first, state)}")
    assert found == [], "\n".join(["", *found])
    depend = {(first.door.name, actor) for first, _ in asked for actor in ("", first.actor)}
    assert rows - depend == set(), "a row of a door that depends on no state"
