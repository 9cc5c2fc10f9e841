"""The doors of the auditions."""

from django.urls import path

from matching.interviews.views import booking, candidate, juror, proposal
from matching.interviews.views.staff import audition, panel, person, standing
from matching.interviews.views.staff import booking as staff_booking

app_name = "interviews"

public_urls: list[object] = []
member_urls = [
    path("auditions/", candidate.audition_mine, name="audition_mine"),
    path("auditions/agenda.ics", candidate.calendar_download, name="calendar_download"),
    path("auditions/jury/", juror.jury_day, name="jury_day"),
    path("auditions/fiches/<uuid:code>/", juror.scorecard_edit, name="scorecard_edit"),
    path("auditions/fiches/<uuid:code>/signer/", juror.scorecard_sign, name="scorecard_sign"),
    path("auditions/fiches/<uuid:code>/deport/", juror.scorecard_recuse, name="scorecard_recuse"),
    path("auditions/fiches/<uuid:code>/pieces/<uuid:document>/", juror.file_download, name="file_download"),
    path("auditions/besoins/<uuid:code>/", candidate.needs_edit, name="needs_edit"),
    path("auditions/proposees/<uuid:code>/", proposal.proposal_detail, name="proposal_detail"),
    path("auditions/proposees/<uuid:code>/accepter/", proposal.proposal_accept, name="proposal_accept"),
    path("auditions/proposees/<uuid:code>/decliner/", proposal.proposal_decline, name="proposal_decline"),
    path("auditions/<uuid:code>/horaire/", booking.audition_book, name="audition_book"),
    path("auditions/<uuid:code>/", candidate.audition_detail, name="audition_detail"),
    path("auditions/<uuid:code>/agenda.ics", candidate.audition_download, name="audition_download"),
]
_ROOT = "pilotage/<slug:promotion>/auditions/"
staff_urls = [
    path(_ROOT, audition.audition_list, name="audition_list"),
    path(f"{_ROOT}planifier/", audition.audition_plan, name="audition_plan"),
    path(f"{_ROOT}ajouter/", audition.audition_add, name="audition_add"),
    path(f"{_ROOT}choix-des-horaires/", staff_booking.choice_open, name="choice_open"),
    path(f"{_ROOT}placer/", audition.audition_place, name="audition_place"),
    path(f"{_ROOT}placer-tout/", audition.audition_place_all, name="audition_place_all"),
    path(f"{_ROOT}annoncer/", audition.timetable_publish, name="timetable_publish"),
    path(f"{_ROOT}emploi-du-temps/", panel.timetable_show, name="timetable_show"),
    path(f"{_ROOT}jures/", person.juror_list, name="juror_list"),
    path(f"{_ROOT}jures/nommer/", person.juror_appoint, name="juror_appoint"),
    path(f"{_ROOT}jures/<uuid:code>/", person.juror_show, name="juror_show"),
    path(f"{_ROOT}jures/<uuid:code>/deport/<uuid:application>/", person.juror_recuse, name="juror_recuse"),
    path(f"{_ROOT}jurys/", panel.panel_list, name="panel_list"),
    path(f"{_ROOT}jurys/creer/", panel.panel_create, name="panel_create"),
    path(f"{_ROOT}jurys/<uuid:code>/", panel.panel_show, name="panel_show"),
    path(f"{_ROOT}jurys/<uuid:code>/modifier/", panel.panel_change, name="panel_change"),
    path(f"{_ROOT}jurys/<uuid:code>/supprimer/", panel.panel_remove, name="panel_remove"),
    path(f"{_ROOT}jurys/<uuid:code>/sieges/ajouter/", panel.seat_add, name="seat_add"),
    path(f"{_ROOT}jurys/<uuid:code>/sieges/retirer/", panel.seat_remove, name="seat_remove"),
    path(f"{_ROOT}jurys/<uuid:code>/referent/", panel.referent_name, name="referent_name"),
    path(f"{_ROOT}jurys/<uuid:code>/creneaux/creer/", panel.slot_create, name="slot_create"),
    path(f"{_ROOT}jurys/<uuid:code>/creneaux/retirer/", panel.slot_clear, name="slot_clear"),
    path(f"{_ROOT}classements/", standing.standing_list, name="standing_list"),
    path(f"{_ROOT}classements/<uuid:code>/", standing.standing_show, name="standing_show"),
    path(f"{_ROOT}avant-deliberation/", standing.deliberation_check, name="deliberation_check"),
    path(f"{_ROOT}<uuid:code>/", audition.audition_show, name="audition_show"),
    path(f"{_ROOT}<uuid:code>/retirer/", audition.audition_unplace, name="audition_unplace"),
    path(f"{_ROOT}<uuid:code>/annuler/", audition.audition_cancel, name="audition_cancel"),
    path(f"{_ROOT}<uuid:code>/entendue/", audition.audition_hear, name="audition_hear"),
    path(f"{_ROOT}<uuid:code>/absence/", audition.audition_miss, name="audition_miss"),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
