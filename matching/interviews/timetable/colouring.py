"""Times inside a half-day. Rooms and candidates are the two sides of a graph, auditions its edges, times its
colours.

When no room and no candidate has more auditions than there are times, the times suffice (Koenig 1916). One
edge after the other takes a colour free on both sides, after exchanging two colours along a path when there
is none.
"""

from collections.abc import Hashable, Mapping

Node = tuple[str, Hashable]


def times(edges: Mapping[str, tuple[int, str]], *, count: int) -> dict[str, int]:
    """Audition to time from 0, given its room and candidate. Raises ValueError when a side has too many."""
    at: dict[Node, dict[int, str]] = {}
    ends: dict[str, tuple[Node, Node]] = {}
    for name, (room, candidate) in edges.items():
        ends[name] = ("room", room), ("candidate", candidate)
        left, right = (at.setdefault(node, {}) for node in ends[name])
        here, there = _free(left, count=count), _free(right, count=count)
        if here in right:
            _exchange(at, ends, start=ends[name][1], colours=(here, there))
        left[here] = right[here] = name
    return {name: time for node, held in at.items() if node[0] == "room" for time, name in held.items()}


def _free(held: Mapping[int, str], *, count: int) -> int:
    for time in range(count):
        if time not in held:
            return time
    raise ValueError(f"more than {count} auditions in one room or for one candidate")


def _exchange(
    at: dict[Node, dict[int, str]],
    ends: Mapping[str, tuple[Node, Node]],
    *,
    start: Node,
    colours: tuple[int, int],
) -> None:
    """Follow the edges of the first and the second colour in turn from the start, and swap the two on that
    path.
    """
    path: list[str] = []
    node, (wanted, other) = start, colours
    while wanted in at[node]:
        name = at[node][wanted]
        path.append(name)
        node = ends[name][1] if ends[name][0] == node else ends[name][0]
        wanted, other = other, wanted
    first = colours[0]
    old = {name: colours[index % 2] for index, name in enumerate(path)}
    for name, colour in old.items():
        for node in ends[name]:
            del at[node][colour]
    for name, colour in old.items():
        for node in ends[name]:
            at[node][colours[1] if colour == first else first] = name
