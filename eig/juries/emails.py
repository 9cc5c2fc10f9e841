"""What jurors are told: where and when they sit, each change, what they leave."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic

from django.urls import reverse

from eig.icalendar import Method, calendar_file
from eig.juries.documents import seat_event
from eig.juries.kinds import P, S, Table
from eig.juries.models import AnyJuror
from eig.mail.outbox import letter, post_all
from eig.promotions.models import Promotion


@dataclass(frozen=True, slots=True)
class News(Generic[S]):
    """For one juror: what is new or changes, what they leave, and all that holds from now on."""

    juror: AnyJuror
    due: Sequence[S]
    gone: Sequence[S]
    kept: Sequence[S]
    changes: bool


def seats_announced(
    table: Table[P, S], promotion: Promotion, news: Iterable[News[S]], *, at: datetime
) -> int:
    """One letter per juror; the calendar file holds what is new, moves or goes."""
    letters = []
    for one in news:
        first = min((*one.due, *one.gone), key=lambda seat: seat.announced_during.lower)
        events = [seat_event(table, seat) for seat in one.due]
        events += [seat_event(table, seat, cancelled=True) for seat in one.gone]
        method = Method.REQUEST if one.due else Method.CANCEL
        told = {
            "promotion": promotion, "table": table, "news": one, "starts": first.announced_during.lower,
            "path": reverse(table.page), "calendar": calendar_file(events, at=at, method=method),
        }  # fmt: skip
        # A seat has each of its numbers once.
        key = f"seats-announced:{table.panels._meta.label_lower}:{first.pk}:{first.sequence}"
        letters.append(letter("juries/seats_announced", one.juror.person, key, **told))
    return post_all(letters, at=at, promotion_id=promotion.pk)
