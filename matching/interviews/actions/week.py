"""Settle the week: the rules of the auditions, its half-days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from eig.accounts.models import User
from eig.french import dates
from eig.french.dates import at_hour
from eig.journal.actions import record as journal
from eig.lifecycle import broken
from eig.promotions.models import Promotion
from matching.interviews.models import AuditionRules, HalfDay, Panel


class HalfDayTaken(Exception):
    """The hours meet those of another half-day, or of panels that sit."""


Hours = tuple[time, time]


@transaction.atomic
def set_rules(
    promotion: Promotion,
    *,
    per_place: int,
    least_per_place: int,
    most_each: int,
    pause_minutes: int,
    rooms: Sequence[str],
    panel: Mapping[str, int],
    by: User,
    at: datetime,
) -> AuditionRules:
    """Write the rules of the promotion's auditions; plans computed before keep their own."""
    rules, _ = AuditionRules.objects.update_or_create(
        promotion=promotion,
        defaults={
            "per_place": per_place,
            "least_per_place": least_per_place,
            "most_each": most_each,
            "pause_minutes": pause_minutes,
            "rooms": list(rooms),
            "panel": {kind: count for kind, count in panel.items() if count},
        },
    )
    journal("set_audition_rules", rules, by=by, at=at, per_place=per_place, rooms=len(rooms))
    return rules


@transaction.atomic
def add_half_days(
    promotion: Promotion, *, days: Iterable[date], hours: Sequence[Hours], by: User, at: datetime
) -> int:
    """Open the same hours on each day; returns how many half-days were added. Raises HalfDayTaken."""
    added = 0
    for day in sorted(set(days)):
        for starts, ends in hours:
            during = DateTimeTZRange(at_hour(day, starts), at_hour(day, ends))
            if HalfDay.objects.filter(promotion=promotion, during=during).exists():
                continue
            try:
                with transaction.atomic():
                    HalfDay.objects.create(promotion=promotion, during=during)
            except IntegrityError as error:
                if broken(error) != "half_days_do_not_overlap":
                    raise
                raise HalfDayTaken(
                    f"Une demi-journée du {dates.day(day, year=False)} existe déjà "
                    "à d’autres heures : retirez-la d’abord."
                ) from error
            added += 1
    journal("add_half_days", promotion, by=by, at=at, promotion_id=promotion.pk, half_days=added)
    return added


@transaction.atomic
def remove_half_day(half_day: HalfDay, *, by: User, at: datetime) -> None:
    """Take a half-day back, with what jurors said of it. Raises HalfDayTaken when a panel sits then."""
    if Panel.objects.filter(promotion_id=half_day.promotion_id, during=half_day.during).exists():
        raise HalfDayTaken("Des jurys siègent sur cette demi-journée : déplacez-les d’abord.")
    journal("remove_half_day", half_day, by=by, at=at)
    half_day.delete()
