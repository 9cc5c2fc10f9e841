"""What jurors' answers allow so far: seats by half-day, who is missing where. No solver, at once."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from eig.french import french
from eig.juries.choices import JurorKind
from eig.juries.queries import half_day_label
from eig.promotions.models import Promotion
from matching.interviews.choices import NOT_INVITED, InvitationStatus
from matching.interviews.models import Availability, HalfDay, Juror, Tie
from matching.interviews.queries.week import COMING, week_question
from matching.interviews.rules.plan import missing_words
from matching.interviews.timetable.bound import placement_bound, seat_bound, shortages
from matching.interviews.timetable.instance import TimetableInstance, read_timetable

WORDS = {
    JurorKind.AGENT: "agent·e public·que",
    JurorKind.DINUM: "personne de la DINUM",
    JurorKind.OUTSIDE: "personnalité extérieure",
    JurorKind.ALUMNI: "ancien·ne EIG",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A half-day: how many of each type are free, how many panels that makes, who is missing."""

    half_day: HalfDay
    label: str
    present: tuple[tuple[str, int, int], ...]
    """(type in words, free, wanted for every room)."""
    panels: int
    rooms: int
    seats: int
    missing: str
    over: bool


@dataclass(frozen=True, slots=True)
class Capacity:
    columns: tuple[Column, ...]
    wanted: int
    """Auditions to place."""
    seats: int
    """At most so many, by the seats alone."""
    bound: int
    """At most so many, knowing when each candidate can come."""
    answered: int
    asked: int
    coming: int

    @property
    def is_enough(self) -> bool:
        return self.bound >= self.wanted

    @property
    def short(self) -> int:
        return self.wanted - self.bound


def capacity(promotion: Promotion, *, now: datetime) -> Capacity:
    question = week_question(promotion, now=now, keep=False)
    week = read_timetable(question.instance)
    half_days = HalfDay.objects.in_bulk(question.keys["half_days"])
    missing = {short.half_day: short.missing for short in shortages(week)}
    statuses = Counter(
        Juror.objects.filter(promotion=promotion, invitation__isnull=False)
        .order_by("pk")
        .values_list("invitation__status", flat=True)
    )
    return Capacity(
        columns=tuple(
            _column(week, half_days[pk], number, missing.get(number, {}))
            for number, pk in enumerate(question.keys["half_days"])
        ),
        wanted=len(week.auditions),
        seats=seat_bound(week),
        bound=placement_bound(week),
        answered=sum(statuses.values()) - statuses[InvitationStatus.SENT],
        asked=sum(statuses.values()),
        coming=sum(statuses[status] for status in COMING),
    )


def _column(week: TimetableInstance, half_day: HalfDay, number: int, missing: Mapping[str, int]) -> Column:
    free = Counter(one.type for one in week.jurors if number in one.available and one.max_half_days)
    slots = week.slots[number]
    panels = week.panels_at(number) if slots else 0
    return Column(
        half_day,
        half_day_label(half_day),
        tuple(
            (str(JurorKind(kind).label), free[kind], count * week.rooms) for kind, count in week.panel.items()
        ),
        panels=panels,
        rooms=week.rooms,
        seats=panels * slots,
        missing=missing_words(missing, {kind.value: word for kind, word in WORDS.items()}) if slots else "",
        over=not slots,
    )


def jurors_asked(promotion: Promotion, *, status: str = "", type: str = "") -> QuerySet[Juror]:
    """Jurors with their answers and half-days, those who have not answered first."""
    free = Availability.objects.select_related("half_day").order_by("half_day__during", "pk")
    jurors = (
        Juror.objects.filter(promotion=promotion)
        .select_related("person", "invitation")
        .prefetch_related(Prefetch("availabilities", queryset=free))
    )
    if status == NOT_INVITED:
        jurors = jurors.filter(invitation__isnull=True)
    elif status:
        jurors = jurors.filter(invitation__status=status)
    if type:
        jurors = jurors.filter(kind=type)
    return jurors.order_by(french("person__last_name"), french("person__first_name"), "pk")


def ties_of(juror: Juror) -> list[Tie]:
    return list(
        Tie.objects.filter(juror=juror).select_related("project").order_by(french("project__title"), "pk")
    )
