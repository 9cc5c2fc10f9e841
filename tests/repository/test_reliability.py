"""The table of what is checked (docs/reliability.md) names checks once each, and tests that exist."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TABLE = ROOT / "docs" / "reliability.md"
ROOMS = {"P": 12, "A": 14, "I": 14, "F": 16, "D": 16, "R": 16, "L": 8, "T": 8, "G": 10, "O": 13}
EVERY = [f"{room}{number:02}" for room, count in ROOMS.items() for number in range(1, count + 1)]
STATES = ("held", "in part", "not", "void")


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    what: str
    tier: str
    state: str
    shown_by: tuple[str, ...]
    size: str


def rows(text: str) -> list[Row]:
    found = re.findall(r"^\| ([A-Z]\d\d) \|(.*)\|$", text, re.MULTILINE)
    cells = [(number, *(cell.strip() for cell in rest.split("|"))) for number, rest in found]
    return [Row(*first, tuple(re.findall(r"`([^`]+)`", shown)), size) for *first, shown, size in cells]


@cache
def named_in(path: Path) -> frozenset[str]:
    return frozenset(
        node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)
    )


def faults(row: Row) -> Iterator[str]:
    if row.state not in STATES or row.tier not in {"C", "R", "E"}:
        yield f"{row.id}: « {row.tier} », « {row.state} »"
    if row.state in {"held", "in part"} and not (row.what and row.shown_by and row.size):
        yield f"{row.id}: nothing shows it, or no size is said"
    if row.state == "not" and row.shown_by:
        yield f"{row.id}: not shown, yet something is named"
    for named in row.shown_by:
        path, _, test = named.partition("::")
        if not path.startswith(("tests/", "benchmarks/", "bin/")) or not (ROOT / path).is_file():
            yield f"{row.id}: {path} is not there"
        elif test and not (test.startswith("test_") and test in named_in(ROOT / path)):
            yield f"{row.id}: no {test} in {path}"


def test_every_check_has_its_row_once_and_what_it_names_exists() -> None:
    listed = rows(TABLE.read_text())
    times = Counter(row.id for row in listed)
    assert {number: times[number] for number in {*EVERY, *times} if times[number] != (number in EVERY)} == {}
    assert len(EVERY) == 127
    assert [fault for row in listed for fault in faults(row)] == []


def test_the_count_at_the_top_is_the_one_of_the_table() -> None:
    text = TABLE.read_text()
    states = Counter(row.state for row in rows(text))
    said = re.search(r"\*\*(\d+) held, (\d+) in part, (\d+) not, (\d+) void\*\*", text)
    assert said
    assert [int(count) for count in said.groups()] == [states[state] for state in STATES]


def test_a_row_that_names_nothing_is_seen() -> None:
    line = (
        "| P01 | x | C | held | `tests/repository/test_reliability.py::test_of_nothing` `bin/nothing` | 1 |"
    )
    assert [fault.partition(":")[0] for fault in faults(*rows(line))] == ["P01", "P01"]
    assert list(faults(*rows("| P01 | x | C | held | | |"))) == ["P01: nothing shows it, or no size is said"]
