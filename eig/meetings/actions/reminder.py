"""The day before a webinar or an appointment, one reminder each."""

from datetime import datetime
from functools import partial

from eig.failures.actions import each_alone
from eig.meetings import emails
from eig.meetings.choices import BookingStatus, RegistrationStatus, WebinarStatus
from eig.meetings.models import AdviceBooking, Webinar
from eig.meetings.rules import reminder_is_due
from eig.meetings.rules.times import DAY_BEFORE
from eig.promotions.models import Promotion


def remind_meetings(promotion: Promotion, *, at: datetime) -> int:
    """Write the reminders due; each has a unique key, so that beat may say it twice. Returns how many."""
    webinars = Webinar.objects.filter(
        promotion=promotion, status=WebinarStatus.PLANNED, starts_at__gt=at, starts_at__lte=at + DAY_BEFORE
    )
    bookings = AdviceBooking.objects.filter(
        promotion=promotion,
        status=BookingStatus.BOOKED,
        slot__during__startswith__gt=at,
        slot__during__startswith__lte=at + DAY_BEFORE,
    ).select_related("promotion", "slot__adviser")
    written = each_alone(
        "remind_meetings",
        webinars.order_by("starts_at", "pk"),
        partial(_remind_webinar, at=at),
        deed="rappeler un webinaire la veille",
        at=at,
    ) + each_alone(
        "remind_meetings",
        bookings.order_by("slot__during", "pk"),
        partial(_remind_booking, at=at),
        deed="rappeler un rendez-vous de conseil la veille",
        at=at,
    )
    return sum(written)


def _remind_webinar(webinar: Webinar, *, at: datetime) -> int:
    seated = webinar.registrations.filter(status=RegistrationStatus.REGISTERED).order_by("pk")
    due = [
        row
        for row in seated
        if row.seated_at and reminder_is_due(webinar.starts_at, since=row.seated_at, now=at)
    ]
    return emails.webinar_reminders(webinar, due, at=at)


def _remind_booking(booking: AdviceBooking, *, at: datetime) -> int:
    if not reminder_is_due(booking.slot.during.lower, since=booking.booked_at, now=at):
        return 0
    return emails.advice_reminder(booking, at=at)
