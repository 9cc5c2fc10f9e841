"""From TOML files to records. A missing, mistyped or unknown key is an error that says where and what."""

import tomllib
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import datetime, time
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from eig.french.dates import PARIS
from eig.promotions.catalogue import checks
from eig.promotions.catalogue.records import (
    CHARACTERS_PER_LINE,
    Catalogue,
    CatalogueError,
    Condition,
    Example,
    Form,
    Grid,
    Milestone,
    Page,
    Phase,
    Question,
    Reminder,
    Rules,
    Trade,
    Visa,
)

SCHEMA = 1
Record = TypeVar("Record")
TYPE_NAMES = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    datetime: "a date with its hour",
    time: "an hour",
}


def available_promotions() -> tuple[str, ...]:
    """The folders of this package, each a promotion."""
    return tuple(
        sorted(
            folder.name
            for folder in files("eig.promotions.catalogue").iterdir()
            if folder.is_dir() and folder.joinpath("promotion.toml").is_file()
        )
    )


@cache
def load_promotion(name: str = "eig6") -> Catalogue:
    """Read and check one promotion; raise CatalogueError, naming the file and the key, when it is wrong."""
    if name not in available_promotions():
        known = ", ".join(available_promotions())
        raise CatalogueError(f"No promotion “{name}” in the catalogue (known: {known}).")
    head = _read_file(name, "promotion.toml")
    if head.pop("schema", None) != SCHEMA:
        raise CatalogueError(f"{name}/promotion.toml: schema must be {SCHEMA}.")
    texts = _read_file(name, "texts.toml")
    catalogue = read_catalogue(
        head,
        forms=[_read_file(name, "projects.toml"), _read_file(name, "applications.toml")],
        grids=_read_file(name, "grids.toml"),
        texts=texts,
        where=name,
    )
    checks.check(catalogue)
    return catalogue


def read_catalogue(
    head: Mapping[str, Any],
    *,
    forms: list[dict[str, Any]],
    grids: Mapping[str, Any],
    texts: Mapping[str, Any],
    where: str,
) -> Catalogue:
    """Assemble the records of one promotion; the checks across records are left to `checks`."""
    plain = {key: value for key, value in head.items() if not isinstance(value, dict | list)}
    read_forms = tuple(
        _with_limits(build(Form, form, f"{where}/{form.get('code', '?')} form")) for form in forms
    )
    tables = {
        "rules": build(Rules, head.get("rules"), f"{where}/promotion.toml rules"),
        "trades": _build_all(Trade, head, "trades", f"{where}/promotion.toml"),
        "visas": tuple(
            build(Visa, item, f"{where}/promotion.toml visas[{index}]")
            for index, item in enumerate(head.get("visas", ()))
        ),
        "conditions": _build_all(Condition, head, "conditions", f"{where}/promotion.toml"),
        "phases": _build_all(Phase, head, "phases", f"{where}/promotion.toml"),
        "milestones": _build_all(Milestone, head, "milestones", f"{where}/promotion.toml"),
        "reminders": _build_all(Reminder, head, "reminders", f"{where}/promotion.toml"),
        "forms": _by_code(read_forms, f"{where} forms"),
        "grids": _by_code(_build_all(Grid, grids, "grids", f"{where}/grids.toml"), f"{where} grids"),
        "pages": _by_code(_build_all(Page, texts, "pages", f"{where}/texts.toml"), f"{where} pages"),
        "example": build(Example, texts.get("example"), f"{where}/texts.toml example"),
    }
    try:
        return Catalogue(**plain, **tables)  # type: ignore[arg-type]
    except TypeError as error:
        raise CatalogueError(f"{where}/promotion.toml: {error}") from error


def build(kind: type[Record], values: object, where: str) -> Record:
    """One record from one TOML table."""
    if not isinstance(values, dict):
        raise CatalogueError(f"{where}: a table is expected.")
    hints = get_type_hints(kind)
    arguments: dict[str, Any] = {}
    for field in fields(cast(Any, kind)):
        if field.name in values:
            arguments[field.name] = _convert(hints[field.name], values[field.name], f"{where}.{field.name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise CatalogueError(f"{where}: “{field.name}” is missing.")
    if unknown := sorted(set(values) - set(hints)):
        raise CatalogueError(f"{where}: unknown key “{unknown[0]}”.")
    return kind(**arguments)


def _convert(hint: Any, value: Any, where: str) -> Any:
    origin = get_origin(hint)
    if origin is types.UnionType:
        return _convert(next(part for part in get_args(hint) if part is not types.NoneType), value, where)
    if origin is tuple:
        if not isinstance(value, list):
            raise CatalogueError(f"{where}: a list is expected.")
        inner = get_args(hint)[0]
        return tuple(_convert(inner, item, f"{where}[{index}]") for index, item in enumerate(value))
    if origin is Mapping:
        return _convert_mapping(get_args(hint), value, where)
    if is_dataclass(hint):
        return build(cast(type, hint), value, where)
    if type(value) is not hint:
        raise CatalogueError(f"{where}: {TYPE_NAMES[hint]} expected, not {value!r}.")
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise CatalogueError(f"{where}: write the local time of Paris, without an offset.")
        return value.replace(tzinfo=PARIS)
    return value


def _convert_mapping(arguments: tuple[Any, ...], value: Any, where: str) -> Mapping[Any, Any]:
    key_hint, value_hint = arguments
    if not isinstance(value, dict):
        raise CatalogueError(f"{where}: a table is expected.")
    try:
        return types.MappingProxyType(
            {key_hint(key): _convert(value_hint, item, f"{where}.{key}") for key, item in value.items()}
        )
    except ValueError as error:
        raise CatalogueError(f"{where}: {error}") from error


def _build_all(kind: type[Record], values: Mapping[str, Any], key: str, where: str) -> tuple[Record, ...]:
    items = values.get(key)
    if not isinstance(items, list) or not items:
        raise CatalogueError(f"{where}: at least one [[{key}]] is expected.")
    return tuple(build(kind, item, f"{where} {key}[{index}]") for index, item in enumerate(items))


def _by_code(items: tuple[Any, ...], where: str) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        if item.code in found:
            raise CatalogueError(f"{where}: “{item.code}” is there twice.")
        found[item.code] = item
    return types.MappingProxyType(found)


def _with_limits(form: Form) -> Form:
    return replace(
        form,
        sections=tuple(
            replace(section, questions=tuple(_with_limit(question) for question in section.questions))
            for section in form.sections
        ),
    )


def _with_limit(question: Question) -> Question:
    """Turn a number of lines into a number of characters, said in the help."""
    if question.lines is None:
        return question
    length = question.lines * CHARACTERS_PER_LINE
    limit = f"{question.lines} lignes, soit {length} caractères environ."
    return replace(question, max_length=length, help=f"{question.help} {limit}".strip())


def _read_file(promotion: str, name: str) -> dict[str, Any]:
    path = files("eig.promotions.catalogue").joinpath(promotion, name)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CatalogueError(f"{promotion}/{name} is missing.") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{promotion}/{name}: {error}") from error
