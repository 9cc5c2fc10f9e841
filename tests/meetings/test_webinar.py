"""Webinars: seats, the waiting list that moves up, changes and cancellations that are told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from eig.accounts.models import User
from eig.mail.models import Message
from eig.meetings import actions
from eig.meetings.choices import RegistrationStatus
from eig.meetings.models import Registration, Webinar
from eig.promotions.models import Promotion
from tests.factories import meetings as make

SEATED, WAITING, GONE = (
    RegistrationStatus.REGISTERED,
    RegistrationStatus.WAITING,
    RegistrationStatus.CANCELLED,
)


@pytest.fixture
def webinar(promotion: Promotion, diane: User) -> Webinar:
    return make.webinar(promotion, diane)


def fields(webinar: Webinar, **changes: object) -> dict[str, object]:
    names = ("audience", "title", "description", "starts_at", "ends_at", "capacity", "link")
    return {**{name: getattr(webinar, name) for name in names}, **changes}


def letters(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=f"meetings/{kind}").order_by("pk"))


def statuses(webinar: Webinar) -> list[str]:
    rows = Registration.objects.filter(webinar=webinar).order_by("registered_at", "pk")
    return list(rows.values_list("status", flat=True))


def test_the_seats_are_given_in_order_and_the_others_wait(webinar: Webinar) -> None:
    for name in ("Ana", "Bo", "Cy"):
        make.registered(webinar, name)
    assert statuses(webinar) == [SEATED, SEATED, WAITING]
    seated, waiting = letters("webinar_registered"), letters("webinar_waiting")
    assert [letter.to_email for letter in seated] == ["ana@agent.example", "bo@agent.example"]
    assert [letter.to_email for letter in waiting] == ["cy@agent.example"]
    assert "BEGIN:VEVENT" in seated[0].calendar
    assert "https://visio.example/appel" in seated[0].body
    # Who has no seat has neither the link nor the event.
    assert waiting[0].calendar == ""
    assert "visio.example" not in waiting[0].body


def test_who_leaves_gives_the_seat_to_the_first_who_waits(webinar: Webinar) -> None:
    first, _, third, fourth = (make.registered(webinar, name) for name in ("Ana", "Bo", "Cy", "Di"))
    actions.leave_webinar(first, by=None, at=timezone.now())
    assert statuses(webinar) == [GONE, SEATED, SEATED, WAITING]
    (moved,) = letters("webinar_seat_freed")
    assert moved.to_email == third.email
    assert "METHOD:CANCEL" in letters("webinar_left")[0].calendar
    # Someone who waits and leaves frees nothing.
    actions.leave_webinar(fourth, by=None, at=timezone.now())
    assert len(letters("webinar_seat_freed")) == 1
    assert letters("webinar_left")[1].calendar == ""


def test_leaving_twice_frees_one_seat(webinar: Webinar) -> None:
    first, *_ = (make.registered(webinar, name) for name in ("Ana", "Bo", "Cy", "Di"))
    for _ in range(2):
        actions.leave_webinar(Registration.objects.get(pk=first.pk), by=None, at=timezone.now())
    assert statuses(webinar) == [GONE, SEATED, SEATED, WAITING]


def test_an_address_registers_once(webinar: Webinar) -> None:
    make.registered(webinar, "Ana")
    actions.register_for_webinar(webinar, name="Ana bis", email="ANA@agent.example", by=None)
    assert statuses(webinar) == [SEATED]
    assert len(letters("webinar_registered")) == 1


def test_who_left_may_come_back(webinar: Webinar) -> None:
    actions.leave_webinar(make.registered(webinar, "Ana"), by=None, at=timezone.now())
    make.registered(webinar, "Ana")
    assert statuses(webinar) == [GONE, SEATED]


def test_nobody_registers_once_it_is_over_or_cancelled(webinar: Webinar, diane: User) -> None:
    actions.cancel_webinar(webinar, reason="Une grève", by=diane, at=timezone.now())
    with pytest.raises(actions.WebinarOver, match="annulé"):
        make.registered(webinar, "Ana")
    past = make.webinar(webinar.promotion, diane, days=-2)
    with pytest.raises(actions.WebinarOver, match="terminé"):
        make.registered(past, "Ana")


def test_a_change_is_told_with_a_newer_event_and_more_seats_move_people_up(
    webinar: Webinar, diane: User
) -> None:
    for name in ("Ana", "Bo", "Cy"):
        make.registered(webinar, name)
    later = webinar.starts_at + timedelta(hours=2)
    told = actions.change_webinar(
        webinar,
        by=diane,
        at=timezone.now(),
        **fields(webinar, starts_at=later, ends_at=later + timedelta(hours=1), capacity=3),
    )
    assert told == 3
    changed = letters("webinar_changed")
    assert "SEQUENCE:1" in changed[0].calendar
    assert changed[2].calendar == ""
    assert statuses(webinar) == [SEATED, SEATED, SEATED]


def test_a_change_of_words_is_not_written_to_people(webinar: Webinar, diane: User) -> None:
    make.registered(webinar, "Ana")
    told = actions.change_webinar(
        webinar, by=diane, at=timezone.now(), **fields(webinar, description="Plus clair")
    )
    assert told == 0
    assert letters("webinar_changed") == []


def test_nobody_loses_a_seat_to_a_smaller_room(webinar: Webinar, diane: User) -> None:
    for name in ("Ana", "Bo"):
        make.registered(webinar, name)
    with pytest.raises(actions.TooFewSeats, match="2 personnes"):
        actions.change_webinar(webinar, by=diane, at=timezone.now(), **fields(webinar, capacity=1))


def test_a_cancellation_is_told_to_all_and_leaves_their_calendars(webinar: Webinar, diane: User) -> None:
    for name in ("Ana", "Bo", "Cy"):
        make.registered(webinar, name)
    assert actions.cancel_webinar(webinar, reason="Une grève.", by=diane, at=timezone.now()) == 3
    told = letters("webinar_cancelled")
    assert ["METHOD:CANCEL" in letter.calendar for letter in told] == [True, True, False]
    assert all("Une grève." in letter.body for letter in told)


def test_the_reminder_leaves_the_day_before_once_to_who_has_a_seat(webinar: Webinar) -> None:
    for name in ("Ana", "Bo", "Cy"):
        make.registered(webinar, name)
    for hours in (30, 23, 22, -1):
        actions.remind_meetings(webinar.promotion, at=webinar.starts_at - timedelta(hours=hours))
    assert [letter.to_email for letter in letters("webinar_reminder")] == [
        "ana@agent.example",
        "bo@agent.example",
    ]


def test_who_came_the_last_day_is_not_reminded_of_what_was_just_said(
    promotion: Promotion, diane: User
) -> None:
    soon = timezone.now() + timedelta(hours=5)
    webinar = make.webinar(promotion, diane, starts_at=soon, ends_at=soon + timedelta(hours=1))
    make.registered(webinar, "Ana")
    actions.remind_meetings(promotion, at=soon - timedelta(hours=1))
    assert letters("webinar_reminder") == []


def test_the_home_page_names_the_next_ones_only(promotion: Promotion, diane: User) -> None:
    for title, days in (("Le troisième", 9), ("Le premier", 2), ("Le deuxième", 5)):
        make.webinar(promotion, diane, days=days, title=title)
    gone = make.webinar(promotion, diane, days=1, title="L’annulé")
    actions.cancel_webinar(gone, reason="Souffrante", by=diane, at=timezone.now())
    page = Client().get("/").content.decode()
    assert page.index("Le premier") < page.index("Le deuxième")
    assert "Le troisième" not in page
    assert "L’annulé" not in page
