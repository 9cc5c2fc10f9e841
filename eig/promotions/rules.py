"""The règlement's arithmetic: pay, co-financing, dates. Plain values in, plain values out."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class PayGrid:
    threshold_years: int
    threshold_inclusive: bool
    below: int
    above: int


def net_monthly_pay(years: int, grid: PayGrid) -> int:
    """Net euros a month for so many full years of experience (cahier des charges EIG 6).

    EIG 6 says « jusqu’à 5 ans inclus »; EIG 7 counts the threshold in the upper band.
    """
    in_lower_band = (
        years <= grid.threshold_years if grid.threshold_inclusive else years < grid.threshold_years
    )
    return grid.below if in_lower_band else grid.above


def cofinancing(members: int, amount_per_member: int) -> int:
    """Euros due to the administration: a flat amount per EIG, whatever the pay (règlement EIG6)."""
    return members * amount_per_member


def reminder_is_due(*, now: datetime, deadline: datetime, hours_before: int) -> bool:
    """Whether a reminder should go out: its hour has come, the deadline has not."""
    return 0 < (deadline - now).total_seconds() <= hours_before * 3600


def end_of_day(moment: datetime, *, days: int) -> datetime:
    """The last second, in Paris, of the day so many days after."""
    last_day = moment.astimezone(PARIS).date() + timedelta(days=days)
    return datetime.combine(last_day, LAST_SECOND, tzinfo=PARIS)
