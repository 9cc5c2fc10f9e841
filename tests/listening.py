"""Nothing that people send enters a log: each line that any test writes is held against what it has sent.

A plugin of every run (tests/conftest.py), with the formatter of production.
"""

import logging
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

import pytest
from django.test.client import RequestFactory

from eig.logs import Discreet

# Shorter words are anywhere; the number of a record is in addresses, which are told.
LETTERS = 12
NUMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w-]+(\.[\w-]+)?|/[\w/-]*", re.IGNORECASE)
# The secret of a link that opens something without an account (eig/logs.py).
LINK = 38
# One page posts, follows, and its worker begins: a line tells of those.
REMEMBERED = 8


class Ears(logging.Handler):
    """Hears every line as production writes it, and what was sent before."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: deque[frozenset[str]] = deque(maxlen=REMEMBERED)
        self.heard: list[str] = []
        self.setFormatter(Discreet("%(name)s %(message)s"))

    def send(self, path: str, data: Any) -> None:
        values = [value for each in data.values() for value in (each if isinstance(each, list) else [each])]
        typed = {value.strip() for value in values if isinstance(value, str)}
        words = {value for value in typed if len(value) >= LETTERS and not NUMBER.fullmatch(value)}
        links = {piece for piece in unquote(path).partition("?")[0].split("/") if len(piece) >= LINK}
        self.sent.append(frozenset(words | links))

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        told = {word for words in list(self.sent) for word in words if word in line}
        self.heard += [f"{line!r} tells {word!r}" for word in told]


EARS = Ears()


def _heard(verb: Callable[..., Any]) -> Callable[..., Any]:
    def sending(browser: RequestFactory, path: str, data: Any = None, *rest: Any, **more: Any) -> Any:
        EARS.send(str(path), data if isinstance(data, Mapping) else {})
        return verb(browser, path, data, *rest, **more)

    return sending


@pytest.fixture(scope="session", autouse=True)
def _ears() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for verb in (RequestFactory.post, RequestFactory.get):
            patch.setattr(RequestFactory, verb.__name__, _heard(verb))
        logging.getLogger().addHandler(EARS)
        yield
        logging.getLogger().removeHandler(EARS)


@pytest.fixture(autouse=True)
def _no_line_tells_what_was_sent() -> Iterator[None]:
    EARS.sent.clear()
    EARS.heard.clear()
    yield
    assert EARS.heard == []
