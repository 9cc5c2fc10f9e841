"""A migration is history: it holds its own SQL and words, and imports no living code of ours."""

import ast
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OURS = {"candidates", "cohorts", "demo", "eig", "journey", "matching", "privacy", "projects", "rehearsal"}
MIGRATIONS = sorted(
    path for app in OURS for path in (ROOT / app).rglob("migrations/*.py") if path.name != "__init__.py"
)
# Django compares a default and an upload path by the function itself: a migration can only name it.
FUNCTIONS_NAMED = {
    "eig/documents/migrations/0001_documents_and_prints.py": {"eig.documents.models"},
    "matching/interviews/migrations/0006_a_week_its_answers_and_plans.py": {
        "matching.interviews.models.week"
    },
    "matching/interviews/migrations/0008_the_jury_day.py": {"matching.interviews.models.week"},
}


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return {name for name in found if name.split(".")[0] in OURS}


def test_migrations_import_no_living_code() -> None:
    found = {str(path.relative_to(ROOT)): imported(path) for path in MIGRATIONS}
    assert len(found) > 50
    assert {where: names for where, names in found.items() if names} == FUNCTIONS_NAMED


def test_only_defaults_and_upload_paths_are_named() -> None:
    """`default=module.function`, `upload_to=module.function`: never a call, never a constant of SQL."""
    for where, modules in FUNCTIONS_NAMED.items():
        tree = ast.parse((ROOT / where).read_text())
        used = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) in modules
        ]
        named = [
            keyword.value
            for keyword in ast.walk(tree)
            if isinstance(keyword, ast.keyword) and keyword.arg in {"default", "upload_to"}
        ]
        assert used
        assert all(node in named for node in used)
