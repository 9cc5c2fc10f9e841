"""The doors of the auditions."""

from django.urls import path

from matching.interviews.views import (
    answer,
    audition,
    booking,
    booklet,
    card,
    day_pass,
    minutes,
    needs,
    proposal,
    room,
)
from matching.interviews.views.staff import allocation, juror, panel, plan, standing, timetable, week
from matching.interviews.views.staff import answer as staff_answer
from matching.interviews.views.staff import audition as staff_audition
from matching.interviews.views.staff import booking as staff_booking
from matching.interviews.views.staff import room as staff_room

app_name = "interviews"

public_urls = [
    path("auditions/jury/reponse/<str:token>/", answer.jury_answer, name="jury_answer"),
    path("auditions/acces/<str:token>/", day_pass.day_pass, name="day_pass"),
]
member_urls = [
    path("auditions/", audition.audition_mine, name="audition_mine"),
    path("auditions/agenda.ics", audition.calendar_download, name="calendar_download"),
    path("auditions/jury/", card.jury_day, name="jury_day"),
    path("auditions/jury/livret/", booklet.booklet_show, name="booklet_show"),
    path("auditions/jury/livret/preparer/", booklet.booklet_ask, name="booklet_ask"),
    path("auditions/jury/livret.pdf", booklet.booklet_download, name="booklet_download"),
    path("auditions/salles/<uuid:code>/", room.room_show, name="room_show"),
    path("auditions/salles/<uuid:code>/proces-verbal/", minutes.minutes_show, name="minutes_show"),
    path(
        "auditions/salles/<uuid:code>/proces-verbal/etablir/", minutes.minutes_freeze, name="minutes_freeze"
    ),
    path("auditions/salles/<uuid:code>/proces-verbal/signer/", minutes.minutes_sign, name="minutes_sign"),
    path(
        "auditions/salles/<uuid:code>/proces-verbal/empechement/",
        minutes.minutes_prevented,
        name="minutes_prevented",
    ),
    path("auditions/salles/<uuid:code>/proces-verbal.pdf", minutes.minutes_download, name="minutes_download"),
    path("auditions/passages/<uuid:code>/presence/", room.passage_presence, name="passage_presence"),
    path("auditions/passages/<uuid:code>/commencer/", room.passage_begin, name="passage_begin"),
    path("auditions/passages/<uuid:code>/terminer/", room.passage_end, name="passage_end"),
    path("auditions/passages/<uuid:code>/telephone/", room.passage_phone, name="passage_phone"),
    path("auditions/passages/<uuid:code>/reprogrammer/", room.passage_reschedule, name="passage_reschedule"),
    path("auditions/passages/<uuid:code>/avis/", room.opinion_edit, name="opinion_edit"),
    path("auditions/fiches/<uuid:code>/", card.scorecard_edit, name="scorecard_edit"),
    path("auditions/fiches/<uuid:code>/signer/", card.scorecard_sign, name="scorecard_sign"),
    path("auditions/fiches/<uuid:code>/deport/", card.scorecard_recuse, name="scorecard_recuse"),
    path("auditions/fiches/<uuid:code>/pieces/<uuid:document>/", card.file_download, name="file_download"),
    path("auditions/besoins/<uuid:code>/", needs.needs_edit, name="needs_edit"),
    path("auditions/proposees/<uuid:code>/", proposal.proposal_detail, name="proposal_detail"),
    path("auditions/proposees/<uuid:code>/accepter/", proposal.proposal_accept, name="proposal_accept"),
    path("auditions/proposees/<uuid:code>/decliner/", proposal.proposal_decline, name="proposal_decline"),
    path("auditions/<uuid:code>/horaire/", booking.audition_book, name="audition_book"),
    path("auditions/<uuid:code>/", audition.audition_detail, name="audition_detail"),
    path("auditions/<uuid:code>/agenda.ics", audition.audition_download, name="audition_download"),
]
_ROOT = "pilotage/<slug:promotion>/auditions/"
staff_urls = [
    path(_ROOT, staff_audition.audition_list, name="audition_list"),
    path(f"{_ROOT}planifier/", allocation.audition_plan, name="audition_plan"),
    path(f"{_ROOT}planifier/<uuid:code>/", allocation.allocation_explain, name="allocation_explain"),
    path(f"{_ROOT}ajouter/", staff_audition.audition_add, name="audition_add"),
    path(f"{_ROOT}choix-des-horaires/", staff_booking.choice_open, name="choice_open"),
    path(f"{_ROOT}placer/", staff_audition.audition_place, name="audition_place"),
    path(f"{_ROOT}placer-tout/", staff_audition.audition_place_all, name="audition_place_all"),
    path(f"{_ROOT}semaine/", week.week_edit, name="week_edit"),
    path(f"{_ROOT}semaine/demi-journees/ajouter/", week.half_day_add, name="half_day_add"),
    path(f"{_ROOT}semaine/demi-journees/<int:pk>/retirer/", week.half_day_remove, name="half_day_remove"),
    path(f"{_ROOT}disponibilites/", staff_answer.availability_list, name="availability_list"),
    path(f"{_ROOT}disponibilites/inviter/", staff_answer.juror_invite_all, name="juror_invite_all"),
    path(f"{_ROOT}disponibilites/relancer/", staff_answer.juror_remind, name="juror_remind"),
    path(f"{_ROOT}disponibilites/<uuid:code>/", staff_answer.availability_edit, name="availability_edit"),
    path(f"{_ROOT}disponibilites/<uuid:code>/inviter/", staff_answer.juror_invite, name="juror_invite"),
    path(f"{_ROOT}disponibilites/<uuid:code>/liens/ajouter/", staff_answer.tie_declare, name="tie_declare"),
    path(f"{_ROOT}disponibilites/<uuid:code>/liens/retirer/", staff_answer.tie_withdraw, name="tie_withdraw"),
    path(f"{_ROOT}disponibilites/<uuid:code>/absence/", plan.juror_absence, name="juror_absence"),
    path(f"{_ROOT}calculs/", plan.plan_list, name="plan_list"),
    path(f"{_ROOT}calculs/demander/", plan.plan_ask, name="plan_ask"),
    path(f"{_ROOT}calculs/<uuid:code>/", plan.plan_show, name="plan_show"),
    path(f"{_ROOT}calculs/<uuid:code>/arreter/", plan.plan_cancel, name="plan_cancel"),
    path(f"{_ROOT}calculs/<uuid:code>/ecarter/", plan.plan_discard, name="plan_discard"),
    path(f"{_ROOT}calculs/<uuid:code>/appliquer/", plan.plan_apply, name="plan_apply"),
    path(f"{_ROOT}emploi-du-temps/", timetable.timetable_show, name="timetable_show"),
    path(f"{_ROOT}emploi-du-temps/verifier/<uuid:code>/", timetable.timetable_check, name="timetable_check"),
    path(f"{_ROOT}emploi-du-temps/deplacer/", timetable.timetable_move, name="timetable_move"),
    path(f"{_ROOT}emploi-du-temps/verrouiller/", timetable.timetable_lock, name="timetable_lock"),
    path(f"{_ROOT}emploi-du-temps/annoncer/", timetable.timetable_publish, name="timetable_publish"),
    path(f"{_ROOT}emploi-du-temps/imprimer/", timetable.timetable_print, name="timetable_print"),
    path(f"{_ROOT}emploi-du-temps/pdf/", timetable.timetable_download, name="timetable_download"),
    path(f"{_ROOT}jures/", juror.juror_list, name="juror_list"),
    path(f"{_ROOT}jures/nommer/", juror.juror_appoint, name="juror_appoint"),
    path(f"{_ROOT}jures/<uuid:code>/", juror.juror_show, name="juror_show"),
    path(f"{_ROOT}jures/<uuid:code>/retirer/", juror.juror_dismiss, name="juror_dismiss"),
    path(f"{_ROOT}jures/<uuid:code>/deport/<uuid:application>/", juror.juror_recuse, name="juror_recuse"),
    path(f"{_ROOT}jour-j/", staff_room.day_show, name="day_show"),
    path(f"{_ROOT}jour-j/acces/", staff_room.pass_send, name="pass_send"),
    path(f"{_ROOT}jour-j/acces/<uuid:code>/fermer/", staff_room.pass_revoke, name="pass_revoke"),
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
    path(f"{_ROOT}<uuid:code>/", staff_audition.audition_show, name="audition_show"),
    path(f"{_ROOT}<uuid:code>/retirer/", staff_audition.audition_unplace, name="audition_unplace"),
    path(f"{_ROOT}<uuid:code>/annuler/", staff_audition.audition_cancel, name="audition_cancel"),
    path(f"{_ROOT}<uuid:code>/entendue/", staff_audition.audition_hear, name="audition_hear"),
    path(f"{_ROOT}<uuid:code>/absence/", staff_audition.audition_miss, name="audition_miss"),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
