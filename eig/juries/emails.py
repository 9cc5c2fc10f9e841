"""What jurors are told: where and when they sit, each change, what they leave."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from eig.icalendar import invitations
from eig.juries.documents import seat_event
from eig.juries.kinds import P, S, Table
from eig.juries.models import AnyJuror
from eig.mail.outbox import letter, post_all
from eig.promotions.models import Promotion


def seats_announced(
    table: Table[P, S],
    promotion: Promotion,
    *,
    due: Sequence[S],
    gone: Sequence[S],
    kept: Sequence[S],
    changed: Collection[int],
    at: datetime,
) -> int:
    """One letter per juror: all that holds from now on, what they leave; returns how many.

    The calendar files hold what is new (`due`), moves or goes; `changed` are those who knew otherwise.
    """
    news: dict[AnyJuror, list[S]] = {}
    for seat in sorted((*due, *gone), key=lambda seat: (seat.announced_during.lower, seat.pk)):
        news.setdefault(seat.juror, []).append(seat)
    letters = []
    for juror, seats in news.items():
        left = [seat for seat in seats if seat in gone]
        events = [seat_event(table, seat, cancelled=seat in left) for seat in seats]
        told: dict[str, Any] = {
            "promotion": promotion, "table": table, "path": reverse(table.page), "news": seats, "gone": left,
            "kept": [seat for seat in kept if seat.juror_id == juror.pk], "changes": juror.pk in changed,
            "calendar": invitations(events, at=at),
        }  # fmt: skip
        # A seat has each of its numbers once.
        key = f"seats-announced:{table.panels._meta.label_lower}:{seats[0].pk}:{seats[0].sequence}"
        letters.append(letter("juries/seats_announced", juror.person, key, **told))
    return post_all(letters, at=at, promotion_id=promotion.pk)
