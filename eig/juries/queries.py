"""Who judges, and who applies: asked of the person, whichever of their verified addresses they came by.

And what the juries of both kinds read alike: half-days, who sits around a table, what is wrong with it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from django.db.models import QuerySet
from django.utils.timezone import localtime

from eig.accounts.models import User
from eig.accounts.queries import accounts_of
from eig.evaluation.models import Recusal
from eig.french import dates, french
from eig.juries.choices import Duty, Stand
from eig.juries.kinds import P, S, Table
from eig.juries.models import Announced, AnyHalfDay, AnyJuror, AnyPanel, AnySeat, Side
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
J = TypeVar("J", bound=AnyJuror)


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


@dataclass(frozen=True, slots=True)
class TieLine:
    """What a juror should be asked about, or stepped aside from: why, in words."""

    subject: Any
    name: str
    why: str
    recusal: Recusal | None


def recusals_of(person_id: int, subject_type: str) -> dict[int, Recusal]:
    """What a person stepped aside from, by its id."""
    rows = Recusal.objects.filter(person=person_id, subject_type=subject_type).order_by("pk")
    return {row.subject_id: row for row in rows}


Ties: TypeAlias = Mapping[tuple[int, int], str]


def table_warnings(
    seats: Sequence[AnySeat], heard: Mapping[int, str], ties: Ties, *, mix: str, away: Collection[int]
) -> list[str]:
    """What is wrong around a table: who sits, who is not free, who should not meet whom they hear.

    `heard` are ids and names, `ties` (juror, id) → why; `away` are jurors.
    """
    found = [mix] if mix else []
    if seats and not any(seat.is_referent for seat in seats):
        found.append("Personne n’est référent·e.")
    found += [f"{seat.juror} n’est pas disponible." for seat in seats if seat.juror_id in away]
    return found + [
        f"{seat.juror} et {name} : {ties[seat.juror_id, pk]}."
        for pk, name in heard.items()
        for seat in seats
        if (seat.juror_id, pk) in ties
    ]


def seats_offered(
    jurors: Sequence[J], heard: Iterable[int], ties: Ties, *, away: Collection[int]
) -> list[tuple[J, str]]:
    """Who may join, those against whom nothing is known first; the others say why not."""
    heard, found = list(heard), []
    for juror in jurors:
        why = next((ties[juror.pk, pk] for pk in heard if (juror.pk, pk) in ties), "")
        found.append((juror, "pas disponible" if juror.pk in away else why))
    return sorted(found, key=lambda line: bool(line[1]))
