"""Who judges, and who applies: asked of the person, whichever of their verified addresses they came by.

And what the juries of both kinds read alike: half-days, who sits around a table.
"""

from typing import TypeVar

from django.db.models import QuerySet
from django.utils.timezone import localtime

from eig.accounts.models import User
from eig.accounts.queries import accounts_of
from eig.french import dates, french
from eig.juries.choices import Duty, Stand
from eig.juries.kinds import P, S, Table
from eig.juries.models import Announced, AnyHalfDay, AnyPanel, Side
from eig.juries.rules import part_of_day
from eig.promotions.models import Promotion


def sides_of(person: User, promotion: Promotion | str | None = None) -> QuerySet[Side]:
    """Where a person stands; `promotion` may be its code, none means all of them."""
    found = Side.objects.filter(person__in=accounts_of(person))
    if promotion is None:
        return found
    if isinstance(promotion, str):
        return found.filter(promotion__code=promotion)
    return found.filter(promotion=promotion)


def judges(person: User, promotion: Promotion | str | None = None, *, duty: Duty | None = None) -> bool:
    """Whether a person reads, sits, or may be asked to sit, in a promotion (or in any)."""
    found = sides_of(person, promotion).filter(stand=Stand.JUDGES)
    if duty is not None:
        found = found.filter(duties__contains=[duty])
    return found.exists()


D = TypeVar("D", bound=AnyHalfDay)


def half_days_of(model: type[D], promotion: Promotion) -> list[D]:
    return list(model._default_manager.filter(promotion=promotion).order_by("during", "pk"))


def half_day_label(half_day: AnyHalfDay) -> str:
    starts = localtime(half_day.during.lower)
    return f"{dates.day(starts, weekday=True, year=False)}, {part_of_day(starts)}"


def around_the_table(seats: QuerySet[S]) -> QuerySet[S]:
    """Who sits, the référent first, then by name."""
    return seats.select_related("juror__person").order_by(
        "-is_referent", french("juror__person__last_name"), "pk"
    )


def place_of(panel: AnyPanel) -> str:
    """Where to come: the room, and the link on a line of its own."""
    return "\n".join(part for part in (panel.room, panel.link) if part)


def is_untold(record: Announced, panel: AnyPanel) -> bool:
    """Whether the hours or the place are not, or no longer, those that people were told."""
    return (record.announced_during, record.announced_place) != (record.during, place_of(panel))


def seats_told(table: Table[P, S], person: User) -> QuerySet[S]:
    """Where a person sits, and was told so."""
    seats = table.seats._default_manager.filter(juror__person=person, announced_during__isnull=False)
    return seats.select_related(f"{table.panel}__promotion", "juror__person").order_by("during", "pk")
