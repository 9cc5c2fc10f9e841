"""The body of a request: all of it, or nothing.

A connection cut in the middle ends the body early without a word: half a text would then take the place of
the whole one, half a file would be received. A proxy in front waits for the whole; without one, this does.
"""

from typing import Any, Protocol

from django.core.exceptions import BadRequest


class Input(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...
    def readline(self, size: int = -1, /) -> bytes: ...


class WholeBody:
    """What Django reads of a body that says its length. Raises BadRequest when less came than was said."""

    def __init__(self, body: Input, length: int) -> None:
        self._body = body
        self._awaited = length

    def read(self, size: int = -1, /) -> bytes:
        asked = self._awaited if size < 0 else min(size, self._awaited)
        data = self._body.read(asked) if asked else b""
        if len(data) < asked:
            raise BadRequest("the connection was cut before the end of what was sent")
        self._awaited -= len(data)
        return data

    def readline(self, size: int = -1, /) -> bytes:
        data = self._body.readline(size)
        if not data and self._awaited and size:
            raise BadRequest("the connection was cut before the end of what was sent")
        self._awaited -= len(data)
        return data


def whole(environ: dict[str, Any]) -> dict[str, Any]:
    length = environ.get("CONTENT_LENGTH") or ""
    if length.isdecimal():
        environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
    return environ
