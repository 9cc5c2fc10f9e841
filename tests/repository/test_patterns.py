"""No regular expression of ours lasts on a hostile text: 100,000 characters in a tenth of a second or so."""

import ast
import re
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("eig", "projects", "candidates", "matching", "cohorts", "journey", "privacy")
CALLS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
LENGTH = 100_000
# Of processor: how busy the machine is does not count. What is quadratic takes minutes.
SECONDS = 0.2
# What an expression may look for again and again without finding it.
BITS = (
    *(
        "a",
        "A ",
        " ",
        "0",
        "0 ",
        "+",
        "-",
        "a-",
        "a.",
        "a@",
        "a (at) ",
        "_",
        "\n",
        "\t ",
        "(",
        "é·e ",
        "www.",
        "<",
    ),
    *(
        "Lycée ",
        "12 rue ",
        "né le ",
        "75001 ",
        "github: ",
        "d’A ",
        "+33 6 ",
        "ans ",
        "{",
        "|",
        "\u00a0",
        "mes ",
    ),
)


def modules() -> list[Path]:
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return [
        path for path in found if "migrations" not in path.parts and re.search(r"\bre\.", path.read_text())
    ]


def expressions(path: Path) -> Iterator[re.Pattern[str]]:
    """Those a module keeps, and those it gives to `re` as a text known without running it."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    yield from (value for value in vars(import_module(name)).values() if type(value) is re.Pattern)
    for node in ast.walk(ast.parse(path.read_text())):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in CALLS and ast.unparse(called.value) == "re":
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield re.compile(first.value)


def spent(expression: re.Pattern[str], bit: str, length: int) -> float:
    text, before = (bit * length)[:length], time.process_time()
    for _ in expression.finditer(text):
        pass
    return time.process_time() - before


def lasts(expression: re.Pattern[str]) -> Iterator[str]:
    """The bits on which the time grows with the square of the length, or is long at once."""
    for bit in BITS:
        # A twentieth first: what takes the four hundredth of the time there cannot be too long in the end.
        if spent(expression, bit, LENGTH // 20) > SECONDS / 400 and spent(expression, bit, LENGTH) > SECONDS:
            yield f"{expression.pattern[:60]!r} on {bit!r}"


def test_no_expression_lasts() -> None:
    kept = {
        (path, expression.pattern, expression.flags): expression
        for path in modules()
        for expression in expressions(path)
    }
    assert len(kept) > 50
    assert [f"{path}: {fault}" for (path, *_), found in kept.items() for fault in lasts(found)] == []


@pytest.mark.parametrize("expression", [r"[\w.]+@", r"\s+x", r"(?:\w+ ?)*\d"])
def test_an_expression_that_lasts_is_seen(expression: str) -> None:
    bits = {r"[\w.]+@": "a", r"\s+x": " ", r"(?:\w+ ?)*\d": "A "}
    text = bits[expression]
    assert spent(re.compile(expression), text, 8_000) > 10 * spent(re.compile(expression), text, 1_000)
