"""Reading JSON field by field, so that bad input gets one sentence that names the field."""

import json
from collections.abc import Mapping
from dataclasses import dataclass


class BadInput(ValueError):
    """The sentence for whoever wrote the input; it begins with the field's path."""


@dataclass(frozen=True, slots=True)
class Field:
    """A JSON value and the path that leads to it, such as `candidates[3].ranks[0]`."""

    value: object
    path: str = ""

    def refuse(self, why: str) -> BadInput:
        return BadInput(f"{self.path or 'instance'}: {why}.")

    def find(self, name: str) -> "Field | None":
        """The member of that name, or None when absent or null; raises BadInput when this is no object."""
        if not isinstance(self.value, Mapping):
            raise self.refuse(f"an object is expected, not {_kind(self.value)}")
        if self.value.get(name) is None:
            return None
        return Field(self.value[name], f"{self.path}.{name}" if self.path else name)

    def get(self, name: str) -> "Field":
        found = self.find(name)
        if found is None:
            raise Field(None, f"{self.path}.{name}" if self.path else name).refuse("this field is missing")
        return found

    def items(self) -> "list[Field]":
        if not isinstance(self.value, list | tuple):
            raise self.refuse(f"a list is expected, not {_kind(self.value)}")
        return [Field(value, f"{self.path}[{index}]") for index, value in enumerate(self.value)]

    def items_of(self, *names: str) -> "list[Field]":
        """The items of a list of fixed length, each called by its name in the sentence."""
        items = self.items()
        if len(items) != len(names):
            raise self.refuse(f"[{', '.join(names)}] is expected, not {len(items)} values")
        return items

    def members(self) -> "list[tuple[str, Field]]":
        if not isinstance(self.value, Mapping):
            raise self.refuse(f"an object is expected, not {_kind(self.value)}")
        return [
            (_text(key, self), Field(value, f"{self.path}[{key!r}]")) for key, value in self.value.items()
        ]

    def text(self) -> str:
        return _text(self.value, self)

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.items())

    def integer(self, *, least: int | None = None) -> int:
        """A whole number; JSON's true, 1.0 and "1" are not. Raises BadInput, also when below `least`."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.refuse(f"an integer is expected, not {_kind(self.value)}")
        if least is not None and self.value < least:
            raise self.refuse(f"{self.value} is below {least}")
        return self.value

    def one_of(self, *words: str) -> str:
        if self.value not in words:
            raise self.refuse(f"{_quoted(words)} is expected, not {_kind(self.value)}")
        return str(self.value)


def load_json(text: bytes, *, name: str = "instance") -> object:
    """The value written in UTF-8 JSON; raises BadInput on anything else, also on a key written twice."""
    try:
        return json.loads(text.decode("utf-8-sig"), object_pairs_hook=_record)
    except RecursionError as error:
        raise BadInput(f"{name}: the JSON is nested too deeply.") from error
    except BadInput:
        raise
    except ValueError as error:
        raise BadInput(f"{name}: this is not JSON in UTF-8 ({error}).") from error


def _record(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise BadInput(f"{twice}: this key is written twice in one object.")
    return record


def _text(value: object, field: Field) -> str:
    if not isinstance(value, str):
        raise field.refuse(f"a text is expected, not {_kind(value)}")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise field.refuse("half of a surrogate pair is not a character") from None
    return value


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {value}" if abs(value) < 10**18 else "that number"
        case str():
            return f"the text {value[:40]!r}"
        case Mapping():
            return "an object"
        case _:
            return "a list"


def _quoted(words: tuple[str, ...]) -> str:
    return " or ".join(f'"{word}"' for word in words)
