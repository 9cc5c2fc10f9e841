"""The same words in pages and in mails: built into both template engines."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from django import template

from eig.french import dates
from eig.french.letters import of

register = template.Library()

WORDS = {"weekday": {"weekday": True}, "no-year": {"year": False}, "seconds": {"seconds": True}}


def _asked(words: str) -> Mapping[str, bool]:
    """The arguments behind the words of a template; an unknown word is a KeyError, not a silent default."""
    return {name: value for word in words.split() for name, value in WORDS[word].items()}


def _filter(name: str, write: Callable[..., str]) -> None:
    """Nothing is written of what is not dated yet."""

    def written(when: date | datetime | time | None, words: str = "") -> str:
        return write(when, **_asked(words)) if when else ""

    register.filter(name, written)


# In a template: at|day, at|day:"weekday no-year", at|hour, at|instant:"seconds", at|deadline.
_filter("day", dates.day)
_filter("hour", dates.hour)
_filter("instant", dates.instant)
_filter("deadline", dates.deadline)
register.filter("day_parts", dates.day_parts)


@register.filter
def until(first: date | None, last: date | None) -> str:
    """`phase.opens_at|until:phase.closes_at` gives « du 25 janvier au 24 novembre 2027 »."""
    return dates.period(first, last) if first and last else ""


# `promotion.name|of` gives « d’EIG 6 », « de la promotion d’été ».
register.filter("of", of)
