"""What a log may tell: where in the code, what kind of error; no secret, nothing that people typed."""

import copy
import logging
import re
import traceback
from collections.abc import Iterator
from types import TracebackType

# The secret of a link that opens something without an account: a piece of an address longer than the number
# of a record (36). docker/nginx.conf says the same.
SECRET = re.compile(r"(?<=/)[A-Za-z0-9._~:-]{38,}")
# Looked for where it begins: a long word without an at sign is read once, not once for each of its letters.
ADDRESS = re.compile(r"(?<![\w.!#$%&*+=?^`{|}~-])[\w.!#$%&*+=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")


def quiet(text: str) -> str:
    return ADDRESS.sub("***", SECRET.sub("***", text))


class Discreet(logging.Formatter):
    """An error is told by its kind and its place: its own words may quote a row, a value, a whole letter."""

    def format(self, record: logging.LogRecord) -> str:
        told = copy.copy(record)
        told.msg, told.args = self._message(record), None
        # What another formatter made of the error.
        told.exc_text = None
        return quiet(super().format(told))

    def formatException(  # noqa: N802 — the name is logging's
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        chain = [*_chain(ei[1])]
        return "\n".join(
            "".join(traceback.format_tb(error.__traceback__)) + _kind(error) for error in chain[::-1]
        )

    def _message(self, record: logging.LogRecord) -> str:
        """On one line, whatever it quotes: nobody writes a line of their own."""
        errors = [*_chain(record.exc_info[1] if record.exc_info else None)]
        args = record.args
        if errors and isinstance(args, dict) and "exc" in args:
            # Celery quotes the error of a task in its message.
            record = copy.copy(record)
            record.args = {**args, "exc": _kind(errors[0])}
        text = record.getMessage()
        for error in errors:
            words = str(error)
            # A word of three letters is anywhere.
            text = text.replace(words, _kind(error)) if len(words) > 3 else text
        return text.replace("\r", "\\r").replace("\n", "\\n")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _kind(error: BaseException) -> str:
    """Of an error of the database, also its code and the rule that it met."""
    diagnosis = getattr(error, "diag", None)
    more = [getattr(error, "sqlstate", None), getattr(diagnosis, "constraint_name", None)]
    return " ".join([f"{type(error).__module__}.{type(error).__qualname__}", *filter(None, more)])
