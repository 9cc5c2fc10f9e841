"""Dates are written for people in one place, `eig/french/dates.py`: no other code formats one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("candidates", "cohorts", "demo", "eig", "journey", "matching", "privacy", "projects", "rehearsal")
PYTHON = sorted(
    path
    for app in APPS
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts and not path.is_relative_to(ROOT / "eig" / "french")
)
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"})

# A format that begins with the year is for machines: keys, file names, values of inputs, calendar files.
FOR_MACHINES = re.compile(r"%Y")
# Others that no person reads as a sentence, and why.
EXCEPTIONS = {
    "eig/design/widgets.py": "the value of an input of hours, as HTML writes it",
    "eig/exports/rules.py": "cells of a spreadsheet, which must take them for dates",
    "eig/meetings/views/staff/webinar.py": "cells of a spreadsheet, which must take them for dates",
    "candidates/forms/experience.py": "what a person may type for a month",
}
DIRECTIVE = re.compile(r"%[-#]?[aAbBcdDfFGHIjmMpSuUVwWxXyYzZ]")


def formats(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, format) of each date formatted: in an f-string, by strftime, by Django's own functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = ast.unparse(node.format_spec)
            if DIRECTIVE.search(spec):
                yield node.lineno, spec.strip("f'\"")
        elif isinstance(node, ast.Attribute) and node.attr == "strftime":
            yield node.lineno, "strftime"
        elif isinstance(node, ast.ImportFrom) and node.module in {
            "django.utils.dateformat",
            "django.utils.formats",
        }:
            yield from (
                (node.lineno, name.name)
                for name in node.names
                if name.name in {"date_format", "time_format", "format", "localize"}
            )
        elif isinstance(node, ast.keyword) and node.arg in {"format", "input_formats"}:
            spec = ast.unparse(node.value)
            if DIRECTIVE.search(spec):
                yield node.value.lineno, spec.strip("'\"")


def for_people(path: Path) -> list[str]:
    where = str(path.relative_to(ROOT))
    if where in EXCEPTIONS or where == "eig/icalendar.py":
        return []
    return [
        f"{where}:{line} {spec}"
        for line, spec in formats(ast.parse(path.read_text()))
        if not FOR_MACHINES.match(spec)
    ]


def test_no_code_formats_a_date_itself() -> None:
    assert [found for path in PYTHON for found in for_people(path)] == []


def test_the_exceptions_still_are() -> None:
    assert [where for where in EXCEPTIONS if not list(formats(ast.parse((ROOT / where).read_text())))] == []


@pytest.mark.parametrize(
    "code", ["f'{at:%d/%m}'", "at.strftime('%d')", "from django.utils.formats import date_format"]
)
def test_a_date_written_elsewhere_is_seen(code: str) -> None:
    assert list(formats(ast.parse(code)))


def test_templates_write_dates_by_the_one_filter() -> None:
    """`date:"c"` and `date:"Y-m-d"` are for attributes that machines read."""
    own = re.compile(r"\|\s*(?:date|time)\b(?!:[\"'](?:c|Y-m-d)[\"'])|\{%\s*now\b")
    found = [
        f"{path.relative_to(ROOT)}:{number} {line.strip()}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if own.search(line)
    ]
    assert found == []
