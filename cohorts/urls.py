"""Step 6's doors."""

from cohorts.views import member, public
from cohorts.views.staff import cohort
from eig.accounts.doors import door

app_name = "cohorts"

public_urls = [
    door("anciens/", public.alumni_list),
    door("promotions/", public.promotion_list),
    door("promotions/<slug:promotion>/", public.promotion_detail),
]
MISSION = "missions/<uuid:code>/"
member_urls = [
    door("equipes/<uuid:code>/", member.team_detail),
    door("equipes/<uuid:code>/bulletin/", member.bulletin_edit),
    door("cohorte/<slug:promotion>/bulletins/", member.bulletin_list),
    door(MISSION, member.mission_detail),
    door(f"{MISSION}attestation/", member.certificate_detail),
    door(f"{MISSION}attestation/preparer/", member.certificate_ask),
    door(f"{MISSION}attestation/pdf/", member.certificate_download),
    door(f"{MISSION}annuaire/", member.directory_join),
    door(f"{MISSION}annuaire/quitter/", member.directory_leave),
]
ROOM = "pilotage/<slug:promotion>/cohorte/"
staff_urls = [
    door(ROOM, cohort.cohort_detail),
    door(f"{ROOM}ouvrir/", cohort.cohort_open),
    door(f"{ROOM}eig/", cohort.member_list),
    door(f"{ROOM}eig/terminer/", cohort.missions_complete),
    door(f"{ROOM}eig/<uuid:code>/terminer/", cohort.member_complete),
    door(f"{ROOM}eig/<uuid:code>/depart/", cohort.member_leave),
    door(f"{ROOM}equipes/<uuid:code>/accompagnement/", cohort.companion_add),
    door(f"{ROOM}equipes/<uuid:code>/accompagnement/retirer/", cohort.companion_remove),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
