"""The doors of meetings: webinars and advice slots."""

from django.urls import path

from eig.meetings.views import advice, webinar
from eig.meetings.views.staff import advice as staff_advice
from eig.meetings.views.staff import webinar as staff_webinar

app_name = "meetings"

MINE = "webinaires/inscriptions/<str:token>/"
BOOKED = "rendez-vous/reservations/<str:token>/"
public_urls = [
    path("<slug:promotion>/webinaires/", webinar.webinar_list, name="webinar_list"),
    path("webinaires/<uuid:code>/", webinar.webinar_detail, name="webinar_detail"),
    path("webinaires/<uuid:code>/agenda.ics", webinar.webinar_download, name="webinar_download"),
    path(MINE, webinar.registration_detail, name="registration_detail"),
    path(f"{MINE}annuler/", webinar.registration_leave, name="registration_leave"),
    path(f"{MINE}agenda.ics", webinar.registration_download, name="registration_download"),
    path("<slug:promotion>/rendez-vous/", advice.advice_list, name="advice_list"),
    path("rendez-vous/<uuid:code>/", advice.advice_book, name="advice_book"),
    path(BOOKED, advice.booking_detail, name="booking_detail"),
    path(f"{BOOKED}deplacer/", advice.booking_move, name="booking_move"),
    path(f"{BOOKED}annuler/", advice.booking_cancel, name="booking_cancel"),
    path(f"{BOOKED}agenda.ics", advice.booking_download, name="booking_download"),
]
WEBINARS = "pilotage/<slug:promotion>/webinaires/"
ADVICE = "pilotage/<slug:promotion>/rendez-vous/"
staff_urls = [
    path(WEBINARS, staff_webinar.staff_webinar_list, name="staff_webinar_list"),
    path(f"{WEBINARS}annoncer/", staff_webinar.staff_webinar_create, name="staff_webinar_create"),
    path(f"{WEBINARS}<uuid:code>/", staff_webinar.staff_webinar_detail, name="staff_webinar_detail"),
    path(f"{WEBINARS}<uuid:code>/modifier/", staff_webinar.staff_webinar_edit, name="staff_webinar_edit"),
    path(f"{WEBINARS}<uuid:code>/annuler/", staff_webinar.staff_webinar_cancel, name="staff_webinar_cancel"),
    path(
        f"{WEBINARS}<uuid:code>/inscriptions.csv",
        staff_webinar.staff_registration_download,
        name="staff_registration_download",
    ),
    path(ADVICE, staff_advice.staff_advice_list, name="staff_advice_list"),
    path(f"{ADVICE}ouvrir/", staff_advice.staff_advice_open, name="staff_advice_open"),
    path(f"{ADVICE}creneaux/<uuid:code>/fermer/", staff_advice.staff_slot_close, name="staff_slot_close"),
    path(f"{ADVICE}<uuid:code>/", staff_advice.staff_booking_edit, name="staff_booking_edit"),
    path(f"{ADVICE}<uuid:code>/annuler/", staff_advice.staff_booking_cancel, name="staff_booking_cancel"),
]

urlpatterns = [*public_urls, *staff_urls]
