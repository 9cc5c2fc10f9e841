"""The doors of the auditions."""

from eig.accounts.doors import door
from eig.juries.urls import jury_urls
from eig.juries.views.panel import panel_page, seat_change
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
from matching.interviews.views.staff.panel import JURIES, SEAT_DOORS

app_name = "interviews"

public_urls = [
    door("auditions/jury/reponse/<str:token>/", answer.jury_answer),
    door("auditions/acces/<str:token>/", day_pass.day_pass),
]
member_urls = [
    door("auditions/", audition.audition_mine),
    door("auditions/agenda.ics", audition.calendar_download),
    door("auditions/jury/", card.jury_day),
    door("auditions/jury/agenda.ics", card.jury_calendar),
    door("auditions/jury/livret/", booklet.booklet_show),
    door("auditions/jury/livret/preparer/", booklet.booklet_ask),
    door("auditions/jury/livret.pdf", booklet.booklet_download),
    door("auditions/salles/<uuid:code>/", room.room_show),
    door("auditions/salles/<uuid:code>/proces-verbal/", minutes.minutes_show),
    door("auditions/salles/<uuid:code>/proces-verbal/etablir/", minutes.minutes_freeze),
    door("auditions/salles/<uuid:code>/proces-verbal/signer/", minutes.minutes_sign),
    door("auditions/salles/<uuid:code>/proces-verbal/empechement/", minutes.minutes_prevented),
    door("auditions/salles/<uuid:code>/proces-verbal.pdf", minutes.minutes_download),
    door("auditions/passages/<uuid:code>/presence/", room.passage_presence),
    door("auditions/passages/<uuid:code>/commencer/", room.passage_begin),
    door("auditions/passages/<uuid:code>/terminer/", room.passage_end),
    door("auditions/passages/<uuid:code>/telephone/", room.passage_phone),
    door("auditions/passages/<uuid:code>/reprogrammer/", room.passage_reschedule),
    door("auditions/passages/<uuid:code>/avis/", room.opinion_edit),
    door("auditions/fiches/<uuid:code>/", card.scorecard_edit),
    door("auditions/fiches/<uuid:code>/signer/", card.scorecard_sign),
    door("auditions/fiches/<uuid:code>/deport/", card.scorecard_recuse),
    door("auditions/fiches/<uuid:code>/pieces/<uuid:document>/", card.file_download),
    door("auditions/besoins/<uuid:code>/", needs.needs_edit),
    door("auditions/proposees/<uuid:code>/", proposal.proposal_detail),
    door("auditions/proposees/<uuid:code>/accepter/", proposal.proposal_accept),
    door("auditions/proposees/<uuid:code>/decliner/", proposal.proposal_decline),
    door("auditions/<uuid:code>/horaire/", booking.audition_book),
    door("auditions/<uuid:code>/", audition.audition_detail),
    door("auditions/<uuid:code>/agenda.ics", audition.audition_download),
]
_ROOT = "pilotage/<slug:promotion>/auditions/"
_JURY = f"{_ROOT}jurys/<uuid:code>/"
staff_urls = [
    door(_ROOT, staff_audition.audition_list),
    door(f"{_ROOT}planifier/", allocation.audition_plan),
    door(f"{_ROOT}planifier/<uuid:code>/", allocation.allocation_explain),
    door(f"{_ROOT}ajouter/", staff_audition.audition_add),
    door(f"{_ROOT}choix-des-horaires/", staff_booking.choice_open),
    door(f"{_ROOT}placer/", staff_audition.audition_place),
    door(f"{_ROOT}placer-tout/", staff_audition.audition_place_all),
    door(f"{_ROOT}semaine/", week.week_edit),
    door(f"{_ROOT}semaine/demi-journees/ajouter/", week.half_day_add),
    door(f"{_ROOT}semaine/demi-journees/<int:pk>/retirer/", week.half_day_remove),
    door(f"{_ROOT}disponibilites/", staff_answer.availability_list),
    door(f"{_ROOT}disponibilites/inviter/", staff_answer.juror_invite_all),
    door(f"{_ROOT}disponibilites/relancer/", staff_answer.juror_remind),
    door(f"{_ROOT}disponibilites/<uuid:code>/", staff_answer.availability_edit),
    door(f"{_ROOT}disponibilites/<uuid:code>/inviter/", staff_answer.juror_invite),
    door(f"{_ROOT}disponibilites/<uuid:code>/liens/ajouter/", staff_answer.tie_declare),
    door(f"{_ROOT}disponibilites/<uuid:code>/liens/retirer/", staff_answer.tie_withdraw),
    door(f"{_ROOT}disponibilites/<uuid:code>/absence/", plan.juror_absence),
    door(f"{_ROOT}calculs/", plan.plan_list),
    door(f"{_ROOT}calculs/demander/", plan.plan_ask),
    door(f"{_ROOT}calculs/<uuid:code>/", plan.plan_show),
    door(f"{_ROOT}calculs/<uuid:code>/arreter/", plan.plan_cancel),
    door(f"{_ROOT}calculs/<uuid:code>/ecarter/", plan.plan_discard),
    door(f"{_ROOT}calculs/<uuid:code>/appliquer/", plan.plan_apply),
    door(f"{_ROOT}emploi-du-temps/", timetable.timetable_show),
    door(f"{_ROOT}emploi-du-temps/verifier/<uuid:code>/", timetable.timetable_check),
    door(f"{_ROOT}emploi-du-temps/deplacer/", timetable.timetable_move),
    door(f"{_ROOT}emploi-du-temps/verrouiller/", timetable.timetable_lock),
    door(f"{_ROOT}emploi-du-temps/annoncer/", timetable.timetable_publish),
    door(f"{_ROOT}emploi-du-temps/imprimer/", timetable.timetable_print),
    door(f"{_ROOT}emploi-du-temps/pdf/", timetable.timetable_download),
    door(f"{_ROOT}jures/", juror.juror_list),
    door(f"{_ROOT}jures/nommer/", juror.juror_appoint),
    door(f"{_ROOT}jour-j/", staff_room.day_show),
    door(f"{_ROOT}jour-j/acces/", staff_room.pass_send),
    door(f"{_ROOT}jour-j/acces/<uuid:code>/fermer/", staff_room.pass_revoke),
    door(f"{_ROOT}jurys/", panel.panel_list),
    *jury_urls(_ROOT, JURIES, create="creer", seat="sieges/ajouter", jurors="jures"),
    # Where the form of that page is sent.
    door(f"{_JURY}modifier/", panel_page, name="panel_change", desk=JURIES),
    *(
        door(f"{_JURY}{address}/", seat_change, name=name, desk=JURIES, deed=deed)
        for deed, (address, name) in SEAT_DOORS.items()
    ),
    door(f"{_JURY}creneaux/creer/", panel.slot_create),
    door(f"{_JURY}creneaux/retirer/", panel.slot_clear),
    door(f"{_ROOT}classements/", standing.standing_list),
    door(f"{_ROOT}classements/<uuid:code>/", standing.standing_show),
    door(f"{_ROOT}avant-deliberation/", standing.deliberation_check),
    door(f"{_ROOT}<uuid:code>/", staff_audition.audition_show),
    door(f"{_ROOT}<uuid:code>/retirer/", staff_audition.audition_unplace),
    door(f"{_ROOT}<uuid:code>/annuler/", staff_audition.audition_cancel),
    door(f"{_ROOT}<uuid:code>/entendue/", staff_audition.audition_hear),
    door(f"{_ROOT}<uuid:code>/absence/", staff_audition.audition_miss),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
