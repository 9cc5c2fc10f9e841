"""The staff's lists of webinars and of advice slots."""

from collections.abc import Mapping

from django import forms
from django.db.models import Exists, F, OuterRef
from django.urls import reverse

from eig.accounts.models import User
from eig.exports.rules import Column
from eig.french import french
from eig.listing import columns, filters
from eig.listing.description import Choices, Filter, Listing, Look, Row, Rows, Shown
from eig.meetings.choices import BookingStatus, SlotStatus, WebinarAudience, WebinarStatus
from eig.meetings.models import AdviceBooking, AdviceSlot
from eig.meetings.queries.advice import slots_listed
from eig.meetings.queries.webinar import webinars_listed

COMING, PAST = "coming", "past"
WHEN = [(COMING, "À venir"), (PAST, "Passés")]


def _webinar_said(row: Row, look: Look) -> str:
    if row.status == WebinarStatus.CANCELLED:
        return "Annulé"
    return "Passé" if row.ends_at <= look.at else "Prévu"


def _webinar_badge(row: Row, look: Look) -> str:
    return {"Annulé": "error", "Prévu": "info"}.get(_webinar_said(row, look), "")


def _webinars_when(rows: Rows, value: str, look: Look) -> Rows:
    return rows.filter(ends_at__gt=look.at) if value == COMING else rows.filter(ends_at__lte=look.at)


def _webinar_door(row: Row) -> str:
    return reverse("meetings:staff_webinar_detail", args=[row.promotion.code, row.code])


WEBINARS = Listing(
    code="webinaires",
    title="Webinaires",
    noun="webinaire",
    door="meetings:staff_webinar_list",
    empty="Annoncez le premier : les inscriptions s’ouvrent aussitôt.",
    rows=lambda look: webinars_listed(look.promotion).select_related("promotion"),
    columns={
        "title": columns.text("Webinaire", "title", width=40, href=_webinar_door),
        "starts": columns.moment("Date", "starts_at"),
        "audience": columns.text("Public", "get_audience_display"),
        "trades": columns.text(
            "Métiers", lambda row: ", ".join(str(trade) for trade in row.trades.all()), usual=False
        ),
        "taken": columns.figure("Inscrits", "taken"),
        "capacity": columns.figure("Places", "capacity"),
        "waiting": columns.figure("En attente", "waiting"),
        "status": Shown(Column("État"), _webinar_said, badge=_webinar_badge),
    },
    brief=("title", "starts", "status"),
    orders={
        "date": ("Date", ["starts_at"]),
        "latest": ("Date, du plus récent", ["-starts_at"]),
        "title": ("Intitulé", [french("title")]),
    },
    filters=(
        filters.words("Intitulé", "title"),
        filters.choice("when", "Date", WHEN, _webinars_when, blank="Toutes"),
        filters.choice("audience", "Public", WebinarAudience.choices, "audience"),
        filters.choice("status", "État", WebinarStatus.choices, "status"),
    ),
    page=50,
)

BOOKED: Mapping[str, str] = {
    BookingStatus.BOOKED: "info",
    BookingStatus.HELD: "success",
    BookingStatus.MISSED: "warning",
}
FREE = "free"


def _booking(row: Row) -> AdviceBooking | None:
    """The live booking of a slot."""
    return row.booked[0] if row.booked else None


def _of(row: Row, part: str) -> str:
    booking = _booking(row)
    return str(getattr(booking, part)) if booking else ""


def _slot_said(row: Row, look: Look) -> str:
    booking = _booking(row)
    if booking:
        return booking.get_status_display()
    return "Libre" if row.status == SlotStatus.OPEN else "Fermé"


def _slot_badge(row: Row, look: Look) -> str:
    booking = _booking(row)
    return BOOKED.get(booking.status, "") if booking else ""


def _bookings_door(row: Row) -> str:
    booking = _booking(row)
    return reverse("meetings:staff_booking_edit", args=[row.promotion.code, booking.code]) if booking else ""


def _slots_when(rows: Rows, value: str, look: Look) -> Rows:
    if value == PAST:
        return rows.filter(during__endswith__lte=look.at)
    return rows.filter(during__endswith__gt=look.at) if value == COMING else rows


def _live() -> Rows:
    return AdviceBooking.objects.filter(slot=OuterRef("pk")).exclude(status=BookingStatus.CANCELLED)


def _about(rows: Rows, words: str, look: Look) -> Rows:
    return rows.filter(Exists(filters.containing(_live(), words, "name", "organisation", "subject")))


def _in_state(rows: Rows, value: str, look: Look) -> Rows:
    if value == FREE:
        return rows.filter(~Exists(_live()), status=SlotStatus.OPEN)
    if value == SlotStatus.CLOSED:
        return rows.filter(status=SlotStatus.CLOSED)
    return rows.filter(Exists(_live().filter(status=value)))


def _advisers(look: Look) -> Choices:
    known = AdviceSlot.objects.filter(promotion=look.promotion).order_by().values("adviser_id")
    people = User.objects.filter(pk__in=known).order_by(french("last_name"), french("first_name"), "pk")
    return [(str(person.code), str(person)) for person in people]


ADVICE = Listing(
    code="conseil",
    title="Rendez-vous de conseil",
    noun="créneau,créneaux",
    door="meetings:staff_advice_list",
    empty="Ouvrez une demi-journée : elle se voit aussitôt sur la page de l’appel.",
    rows=lambda look: slots_listed(look.promotion).select_related("promotion"),
    columns={
        "begins": columns.moment("Début", "during.lower"),
        "ends": columns.moment("Fin", "during.upper", usual=False),
        "adviser": columns.text("Avec", lambda row: str(row.adviser), width=26),
        "name": columns.text("Qui vient", lambda row: _of(row, "name"), width=26, href=_bookings_door),
        "organisation": columns.text("Administration", lambda row: _of(row, "organisation"), width=36),
        "email": columns.text("Adresse", lambda row: _of(row, "email"), width=32, usual=False),
        "subject": columns.text("Sujet", lambda row: _of(row, "subject"), width=44),
        "status": Shown(Column("État"), _slot_said, badge=_slot_badge),
    },
    brief=("begins", "adviser", "name", "status"),
    orders={
        "date": ("Date", [F("during").asc()]),
        "latest": ("Date, du plus récent", [F("during").desc()]),
        "adviser": ("Avec", [french("adviser__last_name"), F("during").asc()]),
    },
    filters=(
        Filter(
            "q",
            forms.CharField(label="Qui vient, administration ou sujet", required=False, max_length=100),
            _about,
        ),
        filters.choice(
            "when", "Date", [(PAST, "Passés"), ("all", "Tous")], _slots_when, blank="À venir", default=COMING
        ),
        filters.choice("adviser", "Avec", _advisers, "adviser__code", blank="Toute l’équipe"),
        filters.choice(
            "status",
            "État",
            [
                (FREE, "Libre"),
                (SlotStatus.CLOSED, "Fermé"),
                *(item for item in BookingStatus.choices if item[0] != BookingStatus.CANCELLED),
            ],
            _in_state,
        ),
        *filters.days("during__startswith", aside=True),
    ),
    page=60,
)
