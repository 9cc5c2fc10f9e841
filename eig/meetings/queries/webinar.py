"""Webinars: what is coming, who is registered, in which order people wait."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, Count, Q, QuerySet, Value, When

from eig.meetings.choices import RegistrationStatus, WebinarStatus
from eig.meetings.models import Registration, Webinar
from eig.meetings.queries.links import registration_code
from eig.promotions.models import Promotion


def _counted(webinars: QuerySet[Webinar]) -> QuerySet[Webinar]:
    """With how many people have a seat, and how many wait."""
    return webinars.annotate(
        taken=Count("registrations", filter=Q(registrations__status=RegistrationStatus.REGISTERED)),
        waiting=Count("registrations", filter=Q(registrations__status=RegistrationStatus.WAITING)),
    )


def webinars_of(promotions: Iterable[Promotion]) -> QuerySet[Webinar]:
    """Those that several promotions hold, cancelled ones left out, in order of date."""
    planned = Webinar.objects.filter(promotion__in=list(promotions), status=WebinarStatus.PLANNED)
    return (
        _counted(planned).select_related("promotion").prefetch_related("trades").order_by("starts_at", "pk")
    )


def webinars_listed(promotion: Promotion) -> QuerySet[Webinar]:
    """All of them, in order of date, for the programme team."""
    return (
        _counted(Webinar.objects.filter(promotion=promotion))
        .prefetch_related("trades")
        .order_by("starts_at", "pk")
    )


def webinars_coming(
    promotion: Promotion, *, at: datetime, audience: str = "", trade: str = ""
) -> QuerySet[Webinar]:
    """What anybody may register for. A webinar about no trade in particular is about all of them."""
    webinars = webinars_listed(promotion).filter(status=WebinarStatus.PLANNED, ends_at__gt=at)
    if audience:
        webinars = webinars.filter(audience=audience)
    if trade:
        about = Webinar.objects.filter(Q(trades__code=trade) | Q(trades__isnull=True))
        webinars = webinars.filter(pk__in=about.values("pk"))
    return webinars


def seats_taken(webinar: Webinar) -> int:
    return webinar.registrations.filter(status=RegistrationStatus.REGISTERED).count()


def people_waiting(webinar: Webinar) -> int:
    return webinar.registrations.filter(status=RegistrationStatus.WAITING).count()


def registrations_of(webinar: Webinar, *, text: str = "") -> QuerySet[Registration]:
    """Who is registered, then who waits, then who left; in order of arrival."""
    rows = webinar.registrations.all()
    if text:
        rows = rows.filter(
            Q(name__icontains=text) | Q(email__icontains=text) | Q(organisation__icontains=text)
        )
    rank = {RegistrationStatus.REGISTERED: 0, RegistrationStatus.WAITING: 1, RegistrationStatus.CANCELLED: 2}
    return rows.order_by(
        Case(*(When(status=status, then=Value(place)) for status, place in rank.items())),
        "registered_at",
        "pk",
    )


def waiting_list(webinar: Webinar) -> QuerySet[Registration]:
    """First come, first seated."""
    return webinar.registrations.filter(status=RegistrationStatus.WAITING).order_by("registered_at", "pk")


def waiting_rank(registration: Registration) -> int:
    """1 for the next to be seated."""
    earlier = waiting_list(registration.webinar).filter(
        Q(registered_at__lt=registration.registered_at)
        | Q(registered_at=registration.registered_at, pk__lt=registration.pk)
    )
    return earlier.count() + 1


def registration_behind(token: str) -> Registration | None:
    """The registration that a personal link opens."""
    code = registration_code(token)
    if code is None:
        return None
    return Registration.objects.select_related("webinar__promotion").filter(code=code).first()
