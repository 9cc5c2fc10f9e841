"""The tables that may be exported. Steps register theirs: this package knows none of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eig.accounts.models import User
from eig.exports.rules import Cell, Column
from eig.promotions.models import Promotion


@dataclass(frozen=True, slots=True)
class Table:
    """What a source gives: headings, how many rows, the rows one by one."""

    columns: Sequence[Column]
    total: int
    rows: Iterable[Sequence[Cell]]


Builder = Callable[[Promotion, Mapping[str, Any], User], Table]


@dataclass(frozen=True, slots=True)
class Source:
    title: str
    build: Builder


_sources: dict[str, Source] = {}


def register(kind: str, *, title: str, build: Builder) -> None:
    """Declare, from a step's AppConfig.ready, a table that staff may export."""
    _sources[kind] = Source(title, build)


def source_of(kind: str) -> Source | None:
    return _sources.get(kind)
