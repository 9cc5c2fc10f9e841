"""Webinars and advice. A personal link opens to whoever holds it, without an account."""

from collections.abc import Mapping

from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    webinar_list                GET   everybody
    webinar_detail              GET   everybody
    webinar_download            GET   everybody
    registration_detail         GET   everybody
    registration_leave          POST  everybody
    registration_download       GET   everybody
    advice_list                 GET   everybody
    advice_book                 GET   everybody
    booking_detail              GET   everybody
    booking_move                GET   everybody
    booking_cancel              POST  everybody
    booking_download            GET   everybody
    staff_webinar_list          GET   staff
    staff_webinar_create        GET   staff
    staff_webinar_detail        GET   staff
    staff_webinar_edit          GET   staff
    staff_webinar_cancel        GET   staff
    staff_registration_download GET   staff
    staff_advice_list           GET   staff
    staff_advice_open           GET   staff
    staff_slot_close            POST  staff
    staff_booking_edit          GET   staff
    staff_booking_cancel        GET   staff
    """,
    app="meetings",
)


def ways(world: World) -> Mapping[str, Way]:
    here, of = world.here.code, world.of
    webinar = {"promotion": here, "code": of.webinar.code}
    booking = {"promotion": here, "code": of.booking.code}
    registered, booked = {"token": of.registration_token}, {"token": of.booking_token}
    return {
        "webinar_list": way(promotion=here),
        "webinar_detail": way(code=of.webinar.code),
        "webinar_download": way(code=of.webinar.code),
        "registration_detail": way(**registered),
        "registration_leave": way(**registered),
        "registration_download": way(**registered),
        "advice_list": way(promotion=here),
        "advice_book": way(code=of.slots[1].code),
        "booking_detail": way(**booked),
        "booking_move": way(**booked),
        "booking_cancel": way(**booked),
        "booking_download": way(**booked),
        "staff_webinar_list": way(promotion=here),
        "staff_webinar_create": way(promotion=here),
        "staff_webinar_detail": way(**webinar),
        "staff_webinar_edit": way(**webinar),
        "staff_webinar_cancel": way(**webinar),
        "staff_registration_download": way(**webinar),
        "staff_advice_list": way(promotion=here),
        "staff_advice_open": way(promotion=here),
        "staff_slot_close": way(promotion=here, code=of.slots[2].code),
        "staff_booking_edit": way(**booking),
        "staff_booking_cancel": way(**booking),
    }
