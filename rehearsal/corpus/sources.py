"""Read the data files once, and make French agree."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

AGREEMENT = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
RECENT_YEAR = re.compile(r"\b20(1[2-9]|2[0-9])\b")
SENTENCE_START = re.compile(r"(^|[.!?…]\s+)([a-zà-öø-ÿœ])")


@cache
def read(*path: str) -> Mapping[str, Any]:
    """One TOML file of data/, parsed."""
    text = files("rehearsal.corpus").joinpath("data", *path).read_text(encoding="utf-8")
    return tomllib.loads(text)


def agree(text: str, gender: str) -> str:
    """« {seul|seule} » becomes the form of this gender (« f » or « m »)."""
    return AGREEMENT.sub(lambda match: match[2] if gender == "f" else match[1], text)


def fill(text: str, *, gender: str, words: Mapping[str, str]) -> str:
    """Agree, replace {word}, elide « de un » into « d’un », and start sentences with a capital."""
    text = agree(text, gender)
    for name, value in words.items():
        if value.startswith("un"):
            text = re.sub(rf"\b([dD])e \{{{name}\}}", rf"\1’{value}", text)
            text = re.sub(rf"\bque \{{{name}\}}", f"qu’{value}", text)
        text = text.replace(f"{{{name}}}", value)
    return SENTENCE_START.sub(lambda match: match[1] + match[2].upper(), text)


def later(thing: Any, years: int) -> Any:
    """The same texts, lists and tables, told so many years later: only years from 2012 to 2029 move."""
    if isinstance(thing, str):
        return RECENT_YEAR.sub(lambda match: str(int(match[0]) + years), thing)
    if isinstance(thing, Mapping):
        return {key: later(value, years) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return type(thing)(later(item, years) for item in thing)
    return thing


def seeded(key: str) -> Random:
    """A generator of its own for each purpose: drawing more here changes nothing there."""
    return Random(key)  # noqa: S311 (invented people, no secret)


def pick(rng: Random, items: Sequence[str]) -> str:
    return items[rng.randrange(len(items))]
