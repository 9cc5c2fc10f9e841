"""Dates of retention, to the day in Paris, and the words by which a person is found in a text."""

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

NOTICE_DAYS = 30
# Between the two names: spaces, or the end of one JSON value and the beginning of the next.
BETWEEN = r'(?:\s+|", "[a-z_]+": ")'
COPY_DAYS = 7


def add_months(day: date, months: int) -> date:
    """31 January and one month is 28 or 29 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def last_day_due(today: date, months: int) -> date:
    """The latest day whose term has come: `add_months(day, months) <= today`."""
    day = add_months(today, -months)
    while add_months(day + timedelta(days=1), months) <= today:
        day += timedelta(days=1)
    while add_months(day, months) > today:
        day -= timedelta(days=1)
    return day


def identity_pattern(*, names: Iterable[tuple[str, str]], addresses: Iterable[str]) -> str:
    """A regular expression, for PostgreSQL and for Python alike: the addresses, the full names both ways."""
    words: set[str] = {_escaped(address) for address in addresses if address}
    for first, last in names:
        if first and last:
            words |= {
                f"{_escaped(first)}{BETWEEN}{_escaped(last)}",
                f"{_escaped(last)}{BETWEEN}{_escaped(first)}",
            }
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def _escaped(text: str) -> str:
    return re.sub(r"([^\w\s@-])", r"\\\1", text).replace(" ", r"\s+")


def without_person(value: Any, pattern: str, *, word: str) -> Any:
    """A JSON value where the person is no longer named. What describes them beside their name goes too.

    In an object that names the person (a contact: name, e-mail, telephone, role), every text becomes empty.
    """
    if isinstance(value, str):
        return re.sub(pattern, word, value, flags=re.IGNORECASE)
    if isinstance(value, list):
        return [without_person(item, pattern, word=word) for item in value]
    if isinstance(value, Mapping):
        texts = [item for item in value.values() if isinstance(item, str)]
        is_contact = len(texts) > 1 and all(len(text) < 200 for text in texts)
        if is_contact and re.search(pattern, " ".join(texts), re.IGNORECASE):
            return {key: "" if isinstance(item, str) else item for key, item in value.items()}
        return {key: without_person(item, pattern, word=word) for key, item in value.items()}
    return value
