"""The verbs that the code writes in the journal, read from the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

WRITERS = {"journal", "record", "entry"}
ROOMS = ("eig", "projects", "candidates", "matching", "cohorts", "journey", "privacy", "rehearsal", "demo")


def _texts(node: ast.expr) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.IfExp):
            yield from _texts(part.body)
            yield from _texts(part.orelse)
            return
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _written_in(tree: ast.Module) -> Iterator[str]:
    named: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named.setdefault(node.targets[0].id, set()).update(_texts(node.value))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        if node.func.id in WRITERS:
            verb = node.args[0]
            yield from named.get(verb.id, ()) if isinstance(verb, ast.Name) else _texts(verb)


def verbs_written() -> set[str]:
    root = Path(settings.BASE_DIR)
    files = [path for room in ROOMS for path in (root / room).rglob("*.py") if "migrations" not in path.parts]
    return {verb for path in files for verb in _written_in(ast.parse(path.read_text()))}
