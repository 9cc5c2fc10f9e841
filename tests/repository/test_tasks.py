"""Each door of the worker is opened by a test, as Celery opens it."""

import ast
from pathlib import Path

import pytest

from eig.celery import app as celery

ROOT = Path(__file__).resolve().parents[2]


def called_by_tests() -> set[str]:
    """Full names of what a test module imports and names inside one of its tests."""
    found = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        tree = ast.parse(path.read_text())
        imported = {
            (alias.asname or alias.name): f"{node.module}.{alias.name}"
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for test in tree.body:
            if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
                names = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
                found |= {imported[name] for name in names if name in imported}
    return found


def our_tasks() -> set[str]:
    celery.loader.import_default_modules()
    return {name for name in celery.tasks if not name.startswith("celery.")}


def test_every_task_has_a_test_of_its_door() -> None:
    assert our_tasks() - called_by_tests() == set()


@pytest.mark.parametrize("planned", celery.conf.beat_schedule.values(), ids=lambda entry: entry["task"])
def test_what_beat_plans_exists(planned: dict[str, object]) -> None:
    assert planned["task"] in our_tasks()
