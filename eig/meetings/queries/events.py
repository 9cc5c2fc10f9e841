"""Meetings as calendar events, with the UID that each keeps for life."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from eig.icalendar import Event
from eig.meetings.choices import BookingStatus, RegistrationStatus, WebinarStatus
from eig.meetings.models import AdviceBooking, Registration, Webinar
from eig.meetings.queries.links import booking_token, registration_token


def event_id(name: str) -> str:
    """The UID of an event, for life: a name that is unique here, at our host."""
    return f"{name}@{urlsplit(settings.SITE_URL).hostname or 'eig'}"


def page_at(name: str, *arguments: object) -> str:
    """The whole address of a page, for who reads it elsewhere."""
    return f"{settings.SITE_URL}{reverse(name, args=arguments)}"


def webinar_event(webinar: Webinar) -> Event:
    """As anybody may read it: without the link that only registered people are given."""
    return Event(
        uid=event_id(f"webinar-{webinar.code}"),
        sequence=webinar.sequence,
        starts=webinar.starts_at,
        ends=webinar.ends_at,
        title=f"Webinaire EIG : {webinar.title}",
        description=webinar.description,
        url=page_at("meetings:webinar_detail", webinar.code),
        organiser=settings.CONTACT_EMAIL,
        cancelled=webinar.status == WebinarStatus.CANCELLED,
    )


def registration_event(registration: Registration) -> Event:
    webinar = registration.webinar
    page = page_at("meetings:registration_detail", registration_token(registration.code))
    gone = webinar.status == WebinarStatus.CANCELLED or registration.status != RegistrationStatus.REGISTERED
    return Event(
        # One event a person, so that leaving cancels theirs only.
        uid=event_id(f"registration-{registration.code}"),
        sequence=webinar.sequence + (registration.status == RegistrationStatus.CANCELLED),
        starts=webinar.starts_at,
        ends=webinar.ends_at,
        title=f"Webinaire EIG : {webinar.title}",
        place=webinar.link or "En ligne",
        description=f"{webinar.description}\n\nVotre inscription : {page}".strip(),
        url=webinar.link or page,
        organiser=settings.CONTACT_EMAIL,
        attendee=registration.email,
        cancelled=gone,
        alarms=() if gone else (15,),
    )


def booking_event(booking: AdviceBooking, *, attendee: str = "") -> Event:
    slot, who = booking.slot, f"{booking.name}, {booking.organisation}"
    page = page_at("meetings:booking_detail", booking_token(booking.code))
    return Event(
        uid=event_id(f"advice-{booking.code}"),
        sequence=booking.sequence,
        starts=slot.during.lower,
        ends=slot.during.upper,
        title=f"Rendez-vous de conseil EIG, avec {slot.adviser}",
        place=slot.link or "Par téléphone ou en visioconférence",
        description=f"{who}\n{booking.subject}\n\nDéplacer ou annuler : {page}",
        url=slot.link or page,
        organiser=settings.CONTACT_EMAIL,
        attendee=attendee,
        cancelled=booking.status == BookingStatus.CANCELLED,
        alarms=(15,),
    )
