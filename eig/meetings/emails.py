"""Tell: seats given and lost, appointments made and moved, each with its calendar file."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from eig.icalendar import Method, calendar_file
from eig.mail.needs import NEEDS
from eig.mail.outbox import Letter, post_all
from eig.meetings.choices import BookingStatus, RegistrationStatus, WebinarStatus
from eig.meetings.models import AdviceBooking, Registration, Webinar
from eig.meetings.queries import booking_event, booking_token, registration_event, registration_token


def _registration_letter(
    template: str, registration: Registration, *, key: str, at: datetime, method: Method | None
) -> Letter:
    event = registration_event(registration)
    return Letter(
        template,
        registration.email,
        f"{key}:{registration.pk}",
        {
            "registration": registration,
            "webinar": registration.webinar,
            "token": registration_token(registration.code),
        },
        calendar_file([event], at=at, method=method) if method else b"",
    )


def _post_registration(
    template: str, registration: Registration, *, key: str, at: datetime, method: Method | None
) -> None:
    post_all(
        [_registration_letter(template, registration, key=key, at=at, method=method)],
        at=at,
        promotion_id=registration.webinar.promotion_id,
    )


def webinar_registered(registration: Registration, *, at: datetime) -> None:
    """A seat; asked again with the same address on another day, told again."""
    key = f"webinar-registered:{at:%Y%m%d}"
    _post_registration("meetings/webinar_registered", registration, key=key, at=at, method=Method.REQUEST)


def webinar_waiting(registration: Registration, *, at: datetime) -> None:
    key = f"webinar-waiting:{at:%Y%m%d}"
    _post_registration("meetings/webinar_waiting", registration, key=key, at=at, method=None)


def webinar_seat_freed(registration: Registration, *, at: datetime) -> None:
    _post_registration(
        "meetings/webinar_seat_freed", registration, key="webinar-seat-freed", at=at, method=Method.REQUEST
    )


def webinar_left(registration: Registration, *, had_a_seat: bool, at: datetime) -> None:
    method = Method.CANCEL if had_a_seat else None
    _post_registration("meetings/webinar_left", registration, key="webinar-left", at=at, method=method)


def _to_all(
    template: str, webinar: Webinar, registrations: Iterable[Registration], *, key: str, at: datetime
) -> int:
    cancelled = template == "meetings/webinar_cancelled"
    letters = []
    for registration in registrations:
        registration.webinar = webinar
        has_a_seat = registration.seated_at is not None
        method = (Method.CANCEL if cancelled else Method.REQUEST) if has_a_seat else None
        one = _registration_letter(template, registration, key=key, at=at, method=method)
        reminds = template == "meetings/webinar_reminder"
        letters.append(replace(one, good_until=webinar.starts_at) if reminds else one)
    return post_all(letters, at=at, promotion_id=webinar.promotion_id) if letters else 0


def webinar_changed(webinar: Webinar, registrations: Iterable[Registration], *, at: datetime) -> int:
    key = f"webinar-changed:{webinar.sequence}"
    return _to_all("meetings/webinar_changed", webinar, registrations, key=key, at=at)


def webinar_cancelled(webinar: Webinar, registrations: Iterable[Registration], *, at: datetime) -> int:
    return _to_all("meetings/webinar_cancelled", webinar, registrations, key="webinar-cancelled", at=at)


def webinar_reminders(webinar: Webinar, registrations: Iterable[Registration], *, at: datetime) -> int:
    key = f"webinar-reminder:{webinar.starts_at:%Y%m%d%H%M}"
    return _to_all("meetings/webinar_reminder", webinar, registrations, key=key, at=at)


def _booking_letters(template: str, booking: AdviceBooking, *, key: str, at: datetime) -> list[Letter]:
    """To who booked and to the adviser, in the same words but for the greeting and the link."""
    cancelled = template == "meetings/advice_cancelled"
    method = Method.CANCEL if cancelled else Method.REQUEST

    def file_for(attendee: str) -> bytes:
        return calendar_file([booking_event(booking, attendee=attendee)], at=at, method=method)

    context = {"booking": booking, "slot": booking.slot, "promotion": booking.promotion}
    person = {**context, "token": booking_token(booking.code), "for_adviser": False}
    adviser = {**context, "token": "", "for_adviser": True}
    mine, theirs = file_for(booking.email), file_for(booking.slot.adviser.email)
    return [
        Letter(template, booking.email, f"{key}:{booking.pk}", person, mine),
        Letter(template, booking.slot.adviser, f"{key}:{booking.pk}:adviser", adviser, theirs),
    ]


def _post_booking(template: str, booking: AdviceBooking, *, key: str, at: datetime) -> None:
    letters = _booking_letters(template, booking, key=key, at=at)
    post_all(letters, at=at, promotion_id=booking.promotion_id)


def advice_booked(booking: AdviceBooking, *, at: datetime) -> None:
    _post_booking("meetings/advice_booked", booking, key="advice-booked", at=at)


def advice_moved(booking: AdviceBooking, *, at: datetime) -> None:
    _post_booking("meetings/advice_moved", booking, key=f"advice-moved:{booking.sequence}", at=at)


def advice_cancelled(booking: AdviceBooking, *, at: datetime) -> None:
    _post_booking("meetings/advice_cancelled", booking, key="advice-cancelled", at=at)


def advice_reminder(booking: AdviceBooking, *, at: datetime) -> int:
    """The day before, to who booked; the adviser has the calendar."""
    key = f"advice-reminder:{booking.slot.during.lower:%Y%m%d%H%M}"
    letter = _booking_letters("meetings/advice_reminder", booking, key=key, at=at)[0]
    letter = replace(letter, good_until=booking.slot.during.lower)
    return post_all([letter], at=at, promotion_id=booking.promotion_id)


def _webinar_is_due(key: Sequence[str]) -> bool:
    """webinar-reminder:<start>:<pk of the registration>"""
    rows = Registration.objects.filter(pk=key[2], webinar__status=WebinarStatus.PLANNED)
    rows = rows.exclude(status=RegistrationStatus.CANCELLED)
    return any(f"{at:%Y%m%d%H%M}" == key[1] for at in rows.values_list("webinar__starts_at", flat=True))


def _advice_is_due(key: Sequence[str]) -> bool:
    """advice-reminder:<start>:<pk of the booking>"""
    rows = AdviceBooking.objects.filter(pk=key[2], status=BookingStatus.BOOKED)
    return any(f"{at.lower:%Y%m%d%H%M}" == key[1] for at in rows.values_list("slot__during", flat=True))


NEEDS.update({"meetings/webinar_reminder": _webinar_is_due, "meetings/advice_reminder": _advice_is_due})
