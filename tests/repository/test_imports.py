"""No file needs, by any road, a file that needs it. Import contracts (pyproject.toml) hold the floors."""

import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
HOUSE = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]


def test_files_do_not_turn_in_circles() -> None:
    graph = grimp.build_graph(*HOUSE, cache_dir=None)
    needs = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    assert len(needs) > 500
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as circle:
        raise AssertionError(" imports ".join(reversed(circle.args[1]))) from None


def test_every_folder_of_code_is_under_the_contracts() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert folders == set(HOUSE)
