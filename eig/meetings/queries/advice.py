"""Advice: the slots still free, those of the team, what a personal link opens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.timezone import localtime

from eig.accounts.models import User
from eig.french import french
from eig.meetings.choices import BookingStatus, SlotStatus
from eig.meetings.models import AdviceBooking, AdviceSlot
from eig.meetings.queries.links import booking_code
from eig.meetings.rules.times import NOTICE
from eig.promotions.models import Promotion


@dataclass(frozen=True, slots=True)
class HalfDay:
    label: str
    slots: tuple[AdviceSlot, ...]


@dataclass(frozen=True, slots=True)
class AdviceDay:
    """A day of slots, cut at noon."""

    day: date
    halves: tuple[HalfDay, ...]


def _bookings() -> QuerySet[AdviceBooking]:
    return AdviceBooking.objects.exclude(status=BookingStatus.CANCELLED)


def advice_slots_free(promotion: Promotion, *, at: datetime) -> QuerySet[AdviceSlot]:
    """What anybody may book, soonest first."""
    return (
        AdviceSlot.objects.filter(
            promotion=promotion, status=SlotStatus.OPEN, during__startswith__gte=at + NOTICE
        )
        .exclude(Exists(_bookings().filter(slot=OuterRef("pk"))))
        .select_related("adviser")
        .order_by("during", "pk")
    )


def slots_listed(promotion: Promotion) -> QuerySet[AdviceSlot]:
    """Every slot of the promotion, each with its live booking (`booked`), for the programme team."""
    return (
        AdviceSlot.objects.filter(promotion=promotion)
        .select_related("adviser")
        .prefetch_related(Prefetch("bookings", queryset=_bookings().order_by("pk"), to_attr="booked"))
        .order_by("during", french("adviser__last_name"), "pk")
    )


def advice_days(slots: Iterable[AdviceSlot]) -> list[AdviceDay]:
    """Slots in order of time, by day, then morning and afternoon."""

    def half(slot: AdviceSlot) -> str:
        return "Matin" if localtime(slot.during.lower).hour < 13 else "Après-midi"

    def day(slot: AdviceSlot) -> date:
        return localtime(slot.during.lower).date()

    found = []
    for when, of_day in groupby(slots, key=day):
        rows: Sequence[AdviceSlot] = list(of_day)
        halves = tuple(HalfDay(label, tuple(group)) for label, group in groupby(rows, key=half))
        found.append(AdviceDay(when, halves))
    return found


def booking_behind(token: str) -> AdviceBooking | None:
    """The booking that a personal link opens."""
    code = booking_code(token)
    if code is None:
        return None
    return AdviceBooking.objects.select_related("promotion", "slot__adviser").filter(code=code).first()


def bookings_of(person: User, promotion: Promotion) -> QuerySet[AdviceBooking]:
    """The appointments that a signed-in person has ahead."""
    return (
        AdviceBooking.objects.filter(person=person, promotion=promotion, status=BookingStatus.BOOKED)
        .select_related("slot__adviser")
        .order_by("slot__during", "pk")
    )
