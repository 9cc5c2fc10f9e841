"""What no line of the code may do."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OURS = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py", "*.html"],
    cwd=ROOT, check=True, capture_output=True, text=True,
).stdout.splitlines()  # fmt: skip
LIVING = [
    name
    for name in OURS
    if not name.startswith(("tests/", "benchmarks/", "findings/", "bin/")) and "/migrations/" not in name
]

# What opens a hole when it is used without thinking, and where it was thought about.
DANGERS: dict[str, set[str]] = {
    r"\bmark_safe\(": {
        "eig/design/templatetags/article.py",
        "eig/design/templatetags/page.py",
        "eig/design/templatetags/inputs.py",
    },
    r"\|\s*safe\b|autoescape off": set(),
    r"\bcsrf_exempt\b": set(),
    r"\.raw\(|\.extra\(|\bRawSQL\b": set(),
    r"fields\s*=\s*['\"]__all__": set(),
    # There, what was posted becomes the data of a form, which judges it.
    r"\*\*\s*request\.|\*\*\s*self\.request\.": {"cohorts/views/member.py"},
    r"order_by\([^)]*request\.": set(),
    r"\b(?:eta|countdown)\s*=": set(),
    r"\b(?:eval|exec)\(|\bpickle\b|\byaml\.load\(|shell=True": set(),
    r"\bverify\s*=\s*False|CERT_NONE|_create_unverified": set(),
}


@pytest.mark.parametrize("danger", DANGERS)
def test_what_opens_holes_is_where_it_was_thought_about(danger: str) -> None:
    found = {name for name in LIVING if re.search(danger, (ROOT / name).read_text())}
    assert found == DANGERS[danger]


# --- Queries start from the person ------------------------------------------------------------------------


def unscoped(source: str) -> Iterator[int]:
    """Lines that take whole tables: `Model.objects.all()`, or a `get` by what the address says."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        called = ast.unparse(node.func)
        if re.search(
            r"\b[A-Z]\w+\.(?:objects|_default_manager)\.(all|get|first|last|latest|earliest|values|values_list|in_bulk)$",
            called,
        ):
            yield node.lineno


def test_a_door_takes_no_whole_table() -> None:
    """Views, tasks and commands alike: they ask a query of their step, by who asks or by an identifier."""
    doors = [name for name in LIVING if re.search(r"/(?:views|tasks|management)(?:/|\.py$)", name)]
    for kind, fewest in (("/views", 60), ("/tasks", 5), ("/management/", 5)):
        assert sum(kind in name for name in doors) >= fewest, kind
    assert [f"{name}:{line}" for name in doors for line in unscoped((ROOT / name).read_text())] == []


def test_a_whole_table_is_seen() -> None:
    assert list(unscoped("rows = Entry.objects.all()\nrow = Entry.objects.filter(pk=1).get()")) == [1]
