"""The règlement's arithmetic: pay, co-financing, deadlines, holidays. Plain values in, plain values out."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from eig.french import dates

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
    last_day = dates.in_paris(moment).date() + timedelta(days=days)
    return datetime.combine(last_day, LAST_SECOND, tzinfo=dates.PARIS)


def shifted(moment: datetime, by: timedelta) -> datetime:
    """The same hour in Paris, so many days later: 23:59:59 stays 23:59:59 across the change of clock."""
    local = moment.astimezone(dates.PARIS).replace(tzinfo=None) + by
    return local.replace(tzinfo=dates.PARIS)


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computation (Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    moon = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * moon) // 451
    month, day = divmod(h + moon - 7 * m + 114, 31)
    return date(year, month, day + 1)


def public_holidays(year: int) -> dict[date, str]:
    """The eleven public holidays of France (Code du travail, art. L3133-1)."""
    sunday = easter(year)
    return {
        date(year, 1, 1): "jour de l’An",
        sunday + timedelta(days=1): "lundi de Pâques",
        date(year, 5, 1): "fête du Travail",
        date(year, 5, 8): "8 mai",
        sunday + timedelta(days=39): "Ascension",
        sunday + timedelta(days=50): "lundi de Pentecôte",
        date(year, 7, 14): "14 juillet",
        date(year, 8, 15): "Assomption",
        date(year, 11, 1): "Toussaint",
        date(year, 11, 11): "11 novembre",
        date(year, 12, 25): "Noël",
    }


def holidays_near(moment: datetime) -> list[str]:
    """Public holidays and week-ends on the day of a deadline or the day before."""
    day = dates.in_paris(moment).date()
    found = []
    for one in (day - timedelta(days=1), day):
        name = public_holidays(one.year).get(one)
        if name:
            found.append(f"Le {dates.day(one)} est férié ({name}).")
        elif one.weekday() >= 5:
            found.append(f"Le {dates.day(one)} tombe un {dates.WEEKDAYS[one.weekday()]}.")
    return found
