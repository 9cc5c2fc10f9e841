"""Who sits where: written once, for the juries of projects and those of auditions.

Each jury passes its `Table`; it holds its own locks, and does around a seat what only it does (letters,
cards).
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.juries.actions.announcement import tell_jurors
from eig.juries.kinds import P, S, Table
from eig.juries.models import AnyJuror
from eig.lifecycle import broken


class NotSeated(Exception):
    """The juror sits elsewhere at this time, is of another promotion, or the table is full."""


def refusal(error: IntegrityError, words: Mapping[str, str], *, juror: object = "Cette personne") -> str:
    """What the database refused, in words; an unknown constraint is our fault and goes through."""
    if broken(error) not in words:
        raise error
    return words[broken(error)].format(juror=juror)


@transaction.atomic
def seat_juror(
    table: Table[P, S], panel: P, *, juror: AnyJuror, referent: bool, by: User | None, at: datetime
) -> S:
    """Make a juror sit at a table whose panel the caller holds. Raises NotSeated."""
    if juror.promotion_id != panel.promotion_id:
        raise NotSeated(f"{juror} ne fait pas partie des jurys de cette promotion.")
    seats = table.seats._default_manager.filter(**{table.panel: panel})
    if table.most is not None and seats.count() >= table.most:
        raise NotSeated(f"Ce jury compte déjà {table.most} personnes, le maximum.")
    if seats.filter(juror=juror).exists():
        raise NotSeated(f"{juror} siège déjà dans ce jury.")
    if referent:
        seats.filter(is_referent=True).update(is_referent=False)
    try:
        with transaction.atomic():
            seat = table.seats._default_manager.create(
                **{table.panel: panel}, juror=juror, is_referent=referent, during=panel.during
            )
    except IntegrityError as error:
        raise NotSeated(refusal(error, table.refusals, juror=juror)) from error
    journal(table.verbs.seat, panel, by=by, at=at, juror=juror.pk, referent=referent)
    return seat


@transaction.atomic
def unseat_juror(table: Table[P, S], seat: S, *, by: User, at: datetime, tell: bool = True) -> None:
    """Free a seat whose panel the caller holds; whoever was told they sit there is told they do not."""
    panel = getattr(seat, table.panel)
    journal(table.verbs.unseat, panel, by=by, at=at, juror=seat.juror_id)
    if tell:
        tell_jurors(table, panel.promotion, gone=[seat], at=at)
    seat.delete()


@transaction.atomic
def name_referent(table: Table[P, S], panel: P, *, juror: AnyJuror, by: User, at: datetime) -> None:
    """Who keeps the time and writes for the jury; the former one gives way. Raises NotSeated."""
    seats = table.seats._default_manager.filter(**{table.panel: panel})
    if not seats.filter(juror=juror).exists():
        raise NotSeated(f"{juror} ne siège pas dans ce jury.")
    before = seats.filter(is_referent=True).values_list("juror", flat=True).first()
    seats.filter(is_referent=True).update(is_referent=False)
    seats.filter(juror=juror).update(is_referent=True)
    journal("name_referent", panel, by=by, at=at, changed={"referent": [before, juror.pk]})
