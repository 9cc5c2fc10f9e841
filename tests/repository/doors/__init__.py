"""Access reads as a charter: every URL × every actor = the expected answer. One file per room.

Columns: someone who is not signed in; a signed-in stranger, to whom the powers of a superuser open nothing
more; the person concerned; their double, who owns the same thing elsewhere; who leads other projects; an
assigned reader or juror; a reader or juror of other things, recused from this one; the programme team.

A row says the verb of the door, then a word per actor, or one word when the rule is simple:

    everybody   open to all
    members     whoever is signed in
    staff       the programme team only

Words: `open` a page (of a POST door: the deed is theirs to try), `login` leads to the sign-in page, `hidden`
does not exist, `away` leads to another page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from eig.accounts.models import User

OPEN, LOGIN, HIDDEN, AWAY = "open", "login", "hidden", "away"
ACTORS = ("anonymous", "stranger", "owner", "double", "agent", "reader", "aside", "staff")
SHORT = {
    "everybody": (OPEN,) * 8,
    "members": (LOGIN, *(OPEN,) * 7),
    "staff": (LOGIN, *(HIDDEN,) * 6, OPEN),
    "nobody": (HIDDEN,) * 8,
}


@dataclass(frozen=True, slots=True)
class Door:
    name: str
    verb: str
    answers: Mapping[str, str]


def charter(text: str, *, app: str = "") -> dict[str, Door]:
    """The rows of a table, by full URL name."""
    doors: dict[str, Door] = {}
    for line in text.strip().splitlines():
        name, verb, *words = line.split()
        words = SHORT.get(words[0], tuple(words))
        assert len(words) == len(ACTORS), line
        assert set(words) <= {OPEN, LOGIN, HIDDEN, AWAY}, line
        full = f"{app}:{name}" if app else name
        assert full not in doors, f"{full} has two rows"
        doors[full] = Door(full, verb, dict(zip(ACTORS, words, strict=True)))
    return doors


@dataclass(frozen=True, slots=True)
class Way:
    """How to reach a door: its address, who plays the parts that depend on it, what a deed needs."""

    kwargs: Mapping[str, Any]
    owner: User | None = None
    double: User | None = None
    reader: User | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


def way(
    owner: User | None = None,
    /,
    double: User | None = None,
    reader: User | None = None,
    *,
    data: Mapping[str, Any] | None = None,
    **kwargs: Any,
) -> Way:
    return Way(kwargs, owner=owner, double=double, reader=reader, data=data or {})
