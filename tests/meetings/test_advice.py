"""Advice slots: no slot twice, nobody twice; moved and cancelled under the same event."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from eig.accounts.models import User
from eig.mail.models import Message
from eig.meetings import actions
from eig.meetings.choices import BookingStatus
from eig.meetings.models import AdviceBooking, AdviceSlot
from eig.promotions.models import Promotion
from tests.factories import meetings as make
from tests.people import person


@pytest.fixture
def slots(promotion: Promotion, diane: User) -> list[AdviceSlot]:
    return make.slots(promotion, diane)


def book(slot: AdviceSlot, name: str = "Ana", **changes: object) -> AdviceBooking:
    given = {
        "name": name,
        "email": f"{name.lower()}@agent.example",
        "organisation": "Préfecture",
        "by": None,
        **changes,
    }
    return actions.book_advice(slot, **given)


def letters(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=f"meetings/{kind}").order_by("pk"))


def test_a_slot_is_booked_once(slots: list[AdviceSlot]) -> None:
    book(slots[0])
    with pytest.raises(actions.SlotTaken, match="vient d’être pris"):
        book(slots[0], "Bo")


def test_the_database_itself_refuses_a_second_booking(slots: list[AdviceSlot]) -> None:
    first = book(slots[0])
    with pytest.raises(IntegrityError, match="one_booking_per_slot"), transaction.atomic():
        AdviceBooking.objects.create(
            promotion=first.promotion,
            slot=slots[0],
            name="B",
            email="b@agent.example",
            booked_at=timezone.now(),
        )


def test_a_person_and_a_project_have_one_appointment_ahead(slots: list[AdviceSlot]) -> None:
    project = uuid4()
    book(slots[0], project=project)
    with pytest.raises(actions.AlreadyBooked, match="adresse"):
        book(slots[1], email="ANA@agent.example")
    with pytest.raises(actions.AlreadyBooked, match="projet"):
        book(slots[1], "Bo", project=project)


def test_an_adviser_is_not_in_two_places(promotion: Promotion, diane: User, slots: list[AdviceSlot]) -> None:
    starts = slots[0].during.lower + timedelta(minutes=10)
    times = [
        (starts, starts + timedelta(minutes=20)),
        (slots[2].during.upper, slots[2].during.upper + timedelta(minutes=20)),
    ]
    given = {"times": times, "by": diane, "at": timezone.now()}
    assert actions.open_slots(promotion, adviser=diane, **given) == (1, 1)
    assert actions.open_slots(promotion, adviser=person("Denis", staff=True), **given) == (2, 0)


def test_both_are_told_with_an_event(slots: list[AdviceSlot], diane: User) -> None:
    booking = book(slots[0], subject="Le cofinancement")
    mine, hers = letters("advice_booked")
    assert (mine.to_email, hers.to_email) == ("ana@agent.example", diane.email)
    assert f"UID:advice-{booking.code}@" in mine.calendar
    assert "Le cofinancement" in hers.body
    # The personal link is the person's own.
    assert "/reservations/" in mine.body
    assert "/reservations/" not in hers.body


def test_a_move_keeps_the_event_and_frees_the_former_hour(slots: list[AdviceSlot]) -> None:
    booking = book(slots[0])
    actions.move_booking(booking, slot=slots[2], by=None)
    moved = letters("advice_moved")[0]
    assert f"UID:advice-{booking.code}@" in moved.calendar
    assert "SEQUENCE:1" in moved.calendar
    book(slots[0], "Bo")


def test_who_fails_to_move_keeps_the_hour_they_had(slots: list[AdviceSlot]) -> None:
    booking = book(slots[0])
    book(slots[1], "Bo")
    with pytest.raises(actions.SlotTaken):
        actions.move_booking(booking, slot=slots[1], by=None)
    booking.refresh_from_db()
    assert (booking.slot_id, booking.status) == (slots[0].pk, BookingStatus.BOOKED)


def test_a_cancelled_hour_is_free_again_and_leaves_calendars(slots: list[AdviceSlot]) -> None:
    booking = book(slots[0])
    for _ in range(2):
        actions.cancel_booking(booking, by=None, at=timezone.now())
    assert all("METHOD:CANCEL" in letter.calendar for letter in letters("advice_cancelled"))
    assert len(letters("advice_cancelled")) == 2
    book(slots[0])


def test_no_slot_is_booked_within_the_hour(promotion: Promotion, diane: User) -> None:
    (slot,) = make.slots(promotion, diane, count=1, starts=timezone.now() + timedelta(minutes=59))
    with pytest.raises(actions.TooLate, match="moins d’une heure"):
        book(slot)


def test_a_slot_that_the_team_closes_is_offered_no_more_and_its_person_is_told(
    slots: list[AdviceSlot], diane: User
) -> None:
    booking = book(slots[0])
    actions.close_slot(slots[0], by=diane, at=timezone.now())
    booking.refresh_from_db()
    assert booking.status == BookingStatus.CANCELLED
    assert "supprimé par l’équipe" in letters("advice_cancelled")[0].body
    with pytest.raises(actions.SlotTaken):
        book(slots[0], "Bo")


def test_whether_the_person_came_is_said_afterwards(slots: list[AdviceSlot], diane: User) -> None:
    booking = book(slots[0])
    with pytest.raises(actions.TooLate):
        actions.close_booking(booking, held=True, by=diane, at=timezone.now())
    past = timezone.now() - timedelta(hours=1)
    AdviceSlot.objects.filter(pk=slots[0].pk).update(during=(past, past + timedelta(minutes=20)))
    actions.close_booking(booking, held=False, by=diane, at=timezone.now())
    actions.close_booking(AdviceBooking.objects.get(), held=True, by=diane, at=timezone.now())
    assert AdviceBooking.objects.get().status == BookingStatus.HELD


def test_the_reminder_leaves_the_day_before_to_the_person(slots: list[AdviceSlot]) -> None:
    booking = book(slots[0])
    starts = booking.slot.during.lower
    for hours in (26, 23, 22):
        actions.remind_meetings(booking.promotion, at=starts - timedelta(hours=hours))
    assert [letter.to_email for letter in letters("advice_reminder")] == ["ana@agent.example"]


@pytest.mark.django_db(transaction=True)
def test_twenty_clients_a_thousand_attempts_fifty_slots_fifty_bookings(
    promotion_committed: Promotion,
) -> None:
    adviser = person("Diane", "Delmas", staff=True)
    slots = make.slots(promotion_committed, adviser, count=50)
    refusals: list[str] = []

    def client(number: int) -> None:
        order = random.Random(number).sample(slots, len(slots))
        try:
            for attempt, slot in enumerate(order):
                try:
                    book(slot, f"Agent-{number}-{attempt}")
                except actions.SlotTaken as reason:
                    refusals.append(str(reason))
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(client, range(20)))
    booked = AdviceBooking.objects.filter(status=BookingStatus.BOOKED)
    assert booked.count() == booked.values("slot").distinct().count() == 50
    assert len(refusals) == 950
    assert set(refusals) == {"Ce créneau vient d’être pris. Choisissez-en un autre : la liste est à jour."}
    assert Message.objects.filter(kind="meetings/advice_booked").count() == 100
