"""The day before a webinar or an appointment, one reminder each."""

from datetime import datetime

from django.db import transaction

from eig.meetings import emails
from eig.meetings.choices import BookingStatus, RegistrationStatus, WebinarStatus
from eig.meetings.models import AdviceBooking, Webinar
from eig.meetings.rules import reminder_is_due
from eig.meetings.rules.times import DAY_BEFORE
from eig.promotions.models import Promotion


@transaction.atomic
def remind_meetings(promotion: Promotion, *, at: datetime) -> int:
    """Write the reminders due; each has a unique key, so that beat may say it twice. Returns how many."""
    count = 0
    soon = Webinar.objects.filter(
        promotion=promotion,
        status=WebinarStatus.PLANNED,
        starts_at__gt=at,
        starts_at__lte=at + DAY_BEFORE,
    )
    for webinar in soon.order_by("starts_at", "pk"):
        seated = webinar.registrations.filter(status=RegistrationStatus.REGISTERED).order_by("pk")
        due = [
            row
            for row in seated
            if row.seated_at and reminder_is_due(webinar.starts_at, since=row.seated_at, now=at)
        ]
        count += emails.webinar_reminders(webinar, due, at=at)
    booked = (
        AdviceBooking.objects.filter(
            promotion=promotion,
            status=BookingStatus.BOOKED,
            slot__during__startswith__gt=at,
            slot__during__startswith__lte=at + DAY_BEFORE,
        )
        .select_related("promotion", "slot__adviser")
        .order_by("slot__during", "pk")
    )
    due_bookings = [
        row for row in booked if reminder_is_due(row.slot.during.lower, since=row.booked_at, now=at)
    ]
    return count + emails.advice_reminders(due_bookings, at=at)
