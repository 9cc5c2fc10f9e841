"""A state is named by its TextChoices: a code written by hand is a typing error that nothing sees."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("candidates", "cohorts", "demo", "eig", "journey", "matching", "privacy", "projects", "rehearsal")
CODE = sorted(
    path for app in APPS for path in (ROOT / app).rglob("*.py") if not {"migrations"} & set(path.parts)
)
# Not states of a record of ours.
OTHERS = {
    "eig/documents/pdf.py": "the exit status of a process",
    "matching/teams/checker/check.py": "the verdict of an instance, a published format",
}


def texts(node: ast.expr) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node
    elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        for item in node.elts:
            yield from texts(item)
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def written_by_hand(tree: ast.AST) -> Iterator[ast.Constant]:
    """Texts given to a `status`, compared with one, assigned to one, moved to or asked about."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and "status" in (node.arg or "").split("__"):
            yield from texts(node.value)
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any("status" in name_of(side).split("_") for side in sides):
                for side in sides:
                    yield from texts(side)
        elif isinstance(node, ast.Call) and name_of(node.func) in {"move", "may_move"} and len(node.args) > 1:
            yield from texts(node.args[1])
        elif isinstance(node, ast.Assign) and any(name_of(target) == "status" for target in node.targets):
            yield from texts(node.value)


def test_no_state_is_written_by_hand() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{text.lineno} {text.value!r}"
        for path in CODE
        if str(path.relative_to(ROOT)) not in OTHERS
        for text in written_by_hand(ast.parse(path.read_text()))
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "Offer.objects.filter(status='sent')",
        "Audition.objects.exclude(sheet__status__in=['draft', 'signed'])",
        "Q(project__status='draft')",
        "offer.status == 'sent'",
        "offer.status in {'sent'}",
        "move(offer, 'sent', by=by, at=at)",
        "may_move(offer, 'sent')",
        "offer.status = 'sent'",
    ],
)
def test_a_state_written_by_hand_is_seen(code: str) -> None:
    assert list(written_by_hand(ast.parse(code)))
