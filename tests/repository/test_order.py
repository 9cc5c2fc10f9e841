"""Words are sorted as a French dictionary does, everywhere: « Étiage » before « Veille »."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("candidates", "cohorts", "demo", "eig", "journey", "matching", "privacy", "projects", "rehearsal")
# Columns that people read as words.
WORDS = {"title", "name", "last_name", "first_name", "label", "headline", "tagline", "subject"}


def plain(tree: ast.AST) -> Iterator[str]:
    """The words that are sorted by the codes of their letters: in SQL, in Python."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name == "order_by":
            yield from (
                str(argument.value)
                for argument in node.args
                if isinstance(argument, ast.Constant)
                and str(argument.value).lstrip("-").rpartition("__")[2] in WORDS
            )
        elif name in {"sort", "sorted"}:
            yield from (
                found for part in node.keywords if part.arg == "key" for found in unfolded(part.value)
            )


def unfolded(key: ast.expr) -> Iterator[str]:
    parts = key.body if isinstance(key, ast.Lambda) else key
    for part in parts.elts if isinstance(parts, ast.Tuple) else [parts]:
        if isinstance(part, ast.Attribute) and part.attr in WORDS:
            yield ast.unparse(part)


@pytest.mark.parametrize("app", APPS)
def test_no_code_sorts_words_by_the_codes_of_their_letters(app: str) -> None:
    paths = [path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]
    found = {str(path.relative_to(ROOT)): list(plain(ast.parse(path.read_text()))) for path in paths}
    assert {where: words for where, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "code",
    ["rows.order_by('project__title', 'pk')", "sorted(teams, key=lambda team: (team.closed, team.title))"],
)
def test_a_plain_order_is_seen(code: str) -> None:
    assert list(plain(ast.parse(code)))
