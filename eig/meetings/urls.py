"""The doors of meetings: webinars and advice slots."""

from eig.accounts.doors import door
from eig.meetings.views import advice, webinar
from eig.meetings.views.staff import advice as staff_advice
from eig.meetings.views.staff import webinar as staff_webinar

app_name = "meetings"

MINE = "webinaires/inscriptions/<str:token>/"
BOOKED = "rendez-vous/reservations/<str:token>/"
public_urls = [
    door("<slug:promotion>/webinaires/", webinar.webinar_list),
    door("webinaires/<uuid:code>/", webinar.webinar_detail),
    door("webinaires/<uuid:code>/agenda.ics", webinar.webinar_download),
    door(MINE, webinar.registration_detail),
    door(f"{MINE}annuler/", webinar.registration_leave),
    door(f"{MINE}agenda.ics", webinar.registration_download),
    door("<slug:promotion>/rendez-vous/", advice.advice_list),
    door("rendez-vous/<uuid:code>/", advice.advice_book),
    door(BOOKED, advice.booking_detail),
    door(f"{BOOKED}deplacer/", advice.booking_move),
    door(f"{BOOKED}annuler/", advice.booking_cancel),
    door(f"{BOOKED}agenda.ics", advice.booking_download),
]
WEBINARS = "pilotage/<slug:promotion>/webinaires/"
ADVICE = "pilotage/<slug:promotion>/rendez-vous/"
staff_urls = [
    door(WEBINARS, staff_webinar.staff_webinar_list),
    door(f"{WEBINARS}annoncer/", staff_webinar.staff_webinar_create),
    door(f"{WEBINARS}<uuid:code>/", staff_webinar.staff_webinar_detail),
    door(f"{WEBINARS}<uuid:code>/modifier/", staff_webinar.staff_webinar_edit),
    door(f"{WEBINARS}<uuid:code>/annuler/", staff_webinar.staff_webinar_cancel),
    door(f"{WEBINARS}<uuid:code>/inscriptions.csv", staff_webinar.staff_registration_download),
    door(ADVICE, staff_advice.staff_advice_list),
    door(f"{ADVICE}ouvrir/", staff_advice.staff_advice_open),
    door(f"{ADVICE}creneaux/<uuid:code>/fermer/", staff_advice.staff_slot_close),
    door(f"{ADVICE}<uuid:code>/", staff_advice.staff_booking_edit),
    door(f"{ADVICE}<uuid:code>/annuler/", staff_advice.staff_booking_cancel),
]

urlpatterns = [*public_urls, *staff_urls]
