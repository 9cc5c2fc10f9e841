"""Open half-days of juries and take them back: written once, for the juries of projects and the auditions."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from eig.accounts.models import User
from eig.french import dates
from eig.journal.actions import record as journal
from eig.juries.models import AnyHalfDay, AnyPanel
from eig.lifecycle import broken
from eig.promotions.models import Promotion

Hours = tuple[time, time]


class HalfDayTaken(Exception):
    """The hours meet those of another half-day, or of juries that sit."""


@transaction.atomic
def add_half_days(
    model: type[AnyHalfDay],
    promotion: Promotion,
    *,
    days: Iterable[date],
    hours: Sequence[Hours],
    by: User,
    at: datetime,
) -> int:
    """Open the same hours on each day; returns how many half-days were added. Raises HalfDayTaken."""
    rows = cast(Any, model._default_manager)
    added = 0
    for day in sorted(set(days)):
        for starts, ends in hours:
            during = DateTimeTZRange(dates.at_hour(day, starts), dates.at_hour(day, ends))
            if rows.filter(promotion=promotion, during=during).exists():
                continue
            try:
                with transaction.atomic():
                    rows.create(promotion=promotion, during=during)
            except IntegrityError as error:
                if not broken(error).endswith("do_not_overlap"):
                    raise
                raise HalfDayTaken(
                    f"Une demi-journée du {dates.day(day, year=False)} existe déjà "
                    "à d’autres heures : retirez-la d’abord."
                ) from error
            added += 1
    journal("add_half_days", promotion, by=by, at=at, promotion_id=promotion.pk, half_days=added)
    return added


@transaction.atomic
def remove_half_day(panels: type[AnyPanel], half_day: Any, *, by: User, at: datetime) -> None:
    """Take a half-day back, with what jurors said of it. Raises HalfDayTaken when a jury sits then."""
    sitting = cast(Any, panels._default_manager).filter(during__overlap=half_day.during)
    if sitting.filter(promotion=half_day.promotion_id).exists():
        raise HalfDayTaken("Des jurys siègent sur cette demi-journée : déplacez-les d’abord.")
    journal("remove_half_day", half_day, by=by, at=at)
    half_day.delete()
