"""No file needs, by any road, a file that needs it. Import contracts (pyproject.toml) hold the floors."""

import ast
import tomllib
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
HOUSE = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"])


def test_files_do_not_turn_in_circles() -> None:
    graph = grimp.build_graph(*HOUSE, cache_dir=None)
    needs = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    assert len(needs) > 500
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as circle:
        raise AssertionError(" imports ".join(reversed(circle.args[1]))) from None


def test_a_page_carries_no_solver() -> None:
    """The solver and what it brings are half of what a process would load: they live in one of their own."""
    graph = grimp.build_graph(*HOUSE, cache_dir=None, include_external_packages=True)
    assert graph.find_shortest_chain("matching.interviews.timetable.__main__", "ortools")
    for entry in ("eig.urls", "matching.interviews.tasks", "journey.management.commands.work"):
        assert graph.find_shortest_chain(entry, "ortools") is None, entry


def names_in(path: Path) -> tuple[dict[str, str], set[str]]:
    """What a file imports (its name here -> its whole name), and every dotted name it reads."""
    tree = ast.parse(path.read_text())
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return imported, {
        ast.unparse(node) for node in ast.walk(tree) if isinstance(node, (ast.Attribute, ast.Name))
    }


def test_a_front_passes_on_only_what_is_taken_from_it() -> None:
    """`__init__.py` may import what it does not use (F401 is off there): somebody takes each name by it."""
    taken, fronts = set(), defaultdict(set)
    for path in ROOT.rglob("*.py"):
        place = path.relative_to(ROOT)
        if place.parts[0] not in HOUSE | {"tests", "benchmarks", "bin"} or "migrations" in place.parts:
            continue
        imported, read = names_in(path)
        taken.update(imported.values())
        for name in read:
            first, dot, rest = name.partition(".")
            taken.add(f"{imported.get(first, first)}{dot}{rest}")
        package = ".".join(place.parts[:-1])
        if place.name == "__init__.py" and place.parts[0] != "tests":
            fronts[package] = {name for name in imported if name not in read}
    passed_on = {f"{package}.{name}" for package, names in fronts.items() for name in names}
    assert len(passed_on) > 500
    assert sorted(passed_on - taken) == []


def test_every_folder_of_code_is_under_the_contracts() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert folders == set(HOUSE)
