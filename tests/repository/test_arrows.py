"""No hidden arrow upward: nobody reads, from below, the links that a package above made to its records.

`import-linter` sees imports; `person.juries`, or `promotion__scenarios` in a query, reach a step above
without one.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CONTRACT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
# What is done with the records behind a link, and where a link is named in a query.
MANAGED = {
    "add", "aggregate", "all", "annotate", "bulk_create", "count", "create", "delete", "exclude", "exists",
    "filter", "first", "in_bulk", "iterator", "last", "order_by", "select_for_update", "select_related",
    "set", "update", "values_list",
}  # fmt: skip
LOOKUPS = {"Q", "aggregate", "alias", "annotate", "exclude", "filter", "get", "get_object_or_404", "update"}
NAMED = {
    "Avg", "Count", "Exists", "F", "Max", "Min", "OuterRef", "Prefetch", "Sum", "defer", "french", "getattr",
    "hasattr", "only", "order_by", "prefetch_related", "select_related", "values", "values_list",
}  # fmt: skip
PATH = re.compile(r"-?[a-z]\w*?(__[a-z]\w*)+")


def floors() -> dict[str, int]:
    """Package → floor, the roof first; packages of one floor are strangers or peers."""
    found = {}
    for floor, line in enumerate(CONTRACT["layers"]):
        for name in line.replace("|", " ").replace(":", " ").split():
            found[name.strip("()")] = floor
    return found


FLOORS = floors()


def package_of(config: AppConfig) -> str:
    name = config.name
    while name not in FLOORS and "." in name:
        name = name.rpartition(".")[0]
    return name


OURS = {
    package_of(config): config
    for config in apps.get_app_configs()
    if Path(config.path).is_relative_to(ROOT) and package_of(config) in FLOORS
}


def links() -> dict[str, set[str]]:
    """Name of each reverse link, as an attribute or in a query → the packages that made one of this name."""
    made: dict[str, set[str]] = {}
    for config in OURS.values():
        for model in config.get_models():
            for field in model._meta.get_fields():
                if field.auto_created and not field.concrete:
                    maker = package_of(field.related_model._meta.app_config)
                    if maker not in FLOORS:
                        continue  # a library's
                    for name in {field.get_accessor_name(), field.name} - {None}:
                        made.setdefault(name, set()).add(maker)
    return made


def hidden_from(package: str) -> set[str]:
    """Links of packages that `package` may not import, whose name means nothing else in what it may read."""
    mine = FLOORS[package]
    seen = {name for name in OURS if name == package or FLOORS[name] > mine}
    fields = {
        field.name
        for name in seen
        for model in OURS[name].get_models()
        for field in model._meta.get_fields()
        if field.concrete
    }
    return {name for name, makers in links().items() if not makers & seen} - fields - said_by(package)


def sources(package: str) -> list[Path]:
    found = sorted((ROOT / package.replace(".", "/")).rglob("*.py"))
    return [path for path in found if "migrations" not in path.parts]


def said_by(package: str) -> set[str]:
    """Names that the package gives to the fields and methods of its own objects: what a step passes in."""
    trees = (ast.parse(path.read_text()) for path in sources(package))
    classes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    lines = [line for node in classes for line in node.body]
    fields = [line.target for line in lines if isinstance(line, ast.AnnAssign)]
    return {target.id for target in fields if isinstance(target, ast.Name)} | {
        line.name for line in lines if isinstance(line, ast.FunctionDef)
    }


def named(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def uses(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of whatever may be a link: `x.name.filter()`, `filter(a__name=…)`, `F("a__name")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and PATH.fullmatch(node.value):
            yield from ((node.lineno, part) for part in node.value.split("__"))
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        of = function.value if isinstance(function, ast.Attribute) else None
        if named(node) in MANAGED and isinstance(of, ast.Attribute):
            yield node.lineno, of.attr
        if named(node) in LOOKUPS:
            for keyword in node.keywords:
                yield from ((node.lineno, part) for part in (keyword.arg or "").split("__"))
        if named(node) in NAMED:
            for given in node.args:
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield from ((node.lineno, part) for part in given.value.strip("-").split("__"))


@pytest.mark.parametrize("package", sorted(OURS))
def test_no_link_of_a_package_above_is_read_below(package: str) -> None:
    hidden = hidden_from(package)
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in sources(package)
        for line, name in uses(ast.parse(path.read_text()))
        if name in hidden
    ]
    assert found == []


@pytest.mark.parametrize(
    ("package", "source"),
    [
        ("candidates", "person.juries.filter(promotion=promotion).exists()"),
        ("projects", "Q(promotion__scenarios__status='published')"),
        ("matching.interviews", "path = 'audition__promotion__scenarios__status'"),
        ("candidates", "rows.order_by('-ranking__certified_at')"),
    ],
)
def test_an_arrow_upward_is_seen(package: str, source: str) -> None:
    assert {name for _, name in uses(ast.parse(source))} & hidden_from(package)
