"""Juries in their rooms: written once, for the juries of projects and those of auditions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from eig.accounts.models import User
from eig.french import dates
from eig.journal.actions import record as journal
from eig.journal.changes import changes, facts
from eig.juries.actions.seat import refusal
from eig.juries.kinds import P, S, Table
from eig.promotions.models import Promotion


class Clash(Exception):
    """A room, a juror, or whoever is heard would be in two places at once."""


class BadHours(Exception):
    """Hours that end before they begin, or that do not hold what is heard."""


class TooEarly(Exception):
    """Whoever is awaited was heard, or is missing, once their hour has come."""


def refuse_early(during: Any, *, at: datetime) -> None:
    """`during` is when somebody is awaited, if they are. Raises TooEarly."""
    if during is not None and at < during.lower:
        when = dates.instant(during.lower, weekday=True, year=False)
        raise TooEarly(
            f"Cette audition n’a pas encore commencé : elle est prévue le {when}. "
            "Si l’horaire a changé, déplacez-la d’abord."
        )


def span(starts: datetime, ends: datetime) -> DateTimeTZRange:
    """Hours of a jury. Raises BadHours."""
    if ends <= starts:
        raise BadHours("La fin doit être postérieure au début.")
    return DateTimeTZRange(starts, ends)


@transaction.atomic
def create_panel(
    table: Table[P, S],
    promotion: Promotion,
    *,
    name: str,
    room: str,
    starts: datetime,
    ends: datetime,
    by: User | None,
    at: datetime,
    link: str = "",
    **more: str,
) -> P:
    """A jury in a room over one stretch of time. Raises BadHours, Clash."""
    place = {"name": name.strip(), "room": room.strip(), "link": link, "during": span(starts, ends)}
    try:
        with transaction.atomic():
            panel = table.panels._default_manager.create(promotion=promotion, **place, **more)
    except IntegrityError as error:
        raise Clash(refusal(error, table.refusals)) from error
    journal(table.verbs.create, panel, by=by, at=at)
    return panel


@transaction.atomic
def change_panel(
    table: Table[P, S],
    held: P,
    *,
    name: str,
    room: str,
    link: str,
    starts: datetime,
    ends: datetime,
    timed: Sequence[Any],
    by: User,
    at: datetime,
) -> None:
    """Move a jury that the caller holds to another room or other hours: who sits there moves with it.

    So do `timed`, the hours of one model when it hears somebody, held too. Raises BadHours, Clash.
    """
    was, during, shift = facts(held), span(starts, ends), starts - held.during.lower
    for row in timed:
        row.during = DateTimeTZRange(row.during.lower + shift, row.during.upper + shift)
        if row.during.upper > ends:
            raise BadHours("Ce que ce jury doit entendre ne tient pas dans ces horaires.")
    held.name, held.room, held.link, held.during = name.strip(), room.strip(), link, during
    try:
        with transaction.atomic():
            held.save(update_fields=["name", "room", "link", "during"])
            if shift != timedelta(0) and timed:
                type(timed[0])._default_manager.bulk_update(timed, ["during"])
    except IntegrityError as error:
        raise Clash(refusal(error, table.refusals)) from error
    journal(table.verbs.change, held, by=by, at=at, changed=changes(was, held))
