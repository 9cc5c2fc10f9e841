"""Six states of a promotion, and what a page reads of them.

What a page did not read cannot change it: a state is worth a visit only where something that the page read is
otherwise than in those already seen.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.query_utils import DeferredAttribute
from django.template.backends.django import Template
from django.utils import timezone

from eig.promotions.choices import PhaseKind
from eig.promotions.models import Phase, Promotion

CALLS = (PhaseKind.PROJECTS, PhaseKind.APPLICATIONS)
READINGS = (PhaseKind.PROJECT_REVIEW, PhaseKind.SHORTLIST)
JURIES = (PhaseKind.REVEAL, PhaseKind.RANKING, PhaseKind.AUDITIONS, PhaseKind.DELIBERATION)
RESULTS = (PhaseKind.ANNOUNCEMENT, PhaseKind.ACCEPTANCE, PhaseKind.MISSION)
BEFORE, NOW, OVER = "before", "now", "over"
LONG = timedelta(days=20)
SPANS = {BEFORE: (LONG, 2 * LONG), NOW: (-LONG, LONG), OVER: (-2 * LONG, -LONG)}
ARCHIVED, WORDS = "is_archived", "texts"
# What a page may read: when each phase is, whether the promotion is archived, whether its calls have words.
Facts = Mapping[str, object]


def _state(*when: str, archived: bool = False, words: bool = True) -> Facts:
    steps = zip((CALLS, READINGS, JURIES, RESULTS), when, strict=True)
    return {kind: moment for kinds, moment in steps for kind in kinds} | {ARCHIVED: archived, WORDS: words}


WORLD = _state(NOW, NOW, NOW, NOW)
STATES = {
    "draft": _state(BEFORE, BEFORE, BEFORE, BEFORE, words=False),
    "open": _state(NOW, BEFORE, BEFORE, BEFORE),
    "closed": _state(OVER, NOW, BEFORE, BEFORE),
    "jury": _state(OVER, OVER, NOW, BEFORE),
    "published": _state(OVER, OVER, OVER, NOW),
    "archived": _state(OVER, OVER, OVER, OVER, archived=True),
}


def put(facts: Facts) -> None:
    """All promotions in this state, but the one that is history."""
    now = timezone.now()
    for when, (opens, closes) in SPANS.items():
        kinds = [kind for kind in PhaseKind if facts[kind] == when]
        Phase.objects.filter(kind__in=kinds).update(opens_at=now + opens, closes_at=now + closes)
    running = Promotion.objects.filter(is_archived=False)
    if not facts[WORDS]:
        running.update(texts={})
    running.update(is_archived=facts[ARCHIVED])


class Noted(DeferredAttribute):
    """A field of promotions that says when it is read."""

    def __init__(self, name: str, names: set[str]) -> None:
        super().__init__(Promotion._meta.get_field(name))
        self.names = names

    def __get__(self, row: Promotion | None, kind: type[Promotion] | None = None) -> Any:
        if row is not None:
            self.names.add(self.field.attname)
        return super().__get__(row, kind)

    def __set__(self, row: Promotion, value: object) -> None:
        """Before what the row keeps under this name, which would be read unseen."""
        row.__dict__[self.field.attname] = value


@contextmanager
def state_read(*, shown: bool = True) -> Iterator[set[str]]:
    """What is read of the state of promotions to decide on an answer: not what its page shows, if it does."""
    names: set[str] = set()
    usual = Template.render

    def ask(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked = sql.partition(" FROM ")[2]
        if "promotions_phase" in sql:
            values = {value for value in params or () if isinstance(value, str)}
            names.update(values & set(PhaseKind.values) or PhaseKind.values)
        names.update(name for name in (ARCHIVED, WORDS) if f'"{name}"' in asked)
        return execute(sql, params, many, context)

    def render(page: Template, context: Any = None, request: Any = None) -> Any:
        if request is None:  # a letter
            return usual(page, context)
        before = set(names)
        answer = usual(page, context, request) if shown else ""
        names.intersection_update(before)
        return answer

    with connection.execute_wrapper(ask), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", render)
        for name in (ARCHIVED, WORDS):
            patch.setattr(Promotion, name, Noted(name, names))
        yield names
