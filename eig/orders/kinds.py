"""The deeds that two people do: the rooms that do them say each once, in a frozen object (`ORDER_KINDS`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from eig.accounts.models import User
from eig.promotions.models import Promotion

Given = Mapping[str, Any]


class Run(Protocol):
    def __call__(self, promotion: Promotion, given: Given, *, reason: str, by: User, at: datetime) -> str: ...


@dataclass(frozen=True, slots=True)
class OrderKind:
    code: str
    # Does it; returns what was done, in words.
    run: Run
    refusals: tuple[type[Exception], ...]
    # What it will do, as things stand: read by whoever confirms.
    words: Callable[[Promotion, Given], Sequence[str]]


@cache
def kinds() -> Mapping[str, OrderKind]:
    found: list[OrderKind] = [import_string(path) for path in settings.ORDER_KINDS]
    return {kind.code: kind for kind in found}
