"""Step 6's doors."""

from django.urls import path

from cohorts.views import member, public
from cohorts.views.staff import cohort

app_name = "cohorts"

public_urls = [
    path("anciens/", public.alumni_list, name="alumni_list"),
    path("promotions/", public.promotion_list, name="promotion_list"),
    path("promotions/<slug:promotion>/", public.promotion_detail, name="promotion_detail"),
]
MISSION = "missions/<uuid:code>/"
member_urls = [
    path("equipes/<uuid:code>/", member.team_detail, name="team_detail"),
    path("equipes/<uuid:code>/bulletin/", member.bulletin_edit, name="bulletin_edit"),
    path("cohorte/<slug:promotion>/bulletins/", member.bulletin_list, name="bulletin_list"),
    path(MISSION, member.mission_detail, name="mission_detail"),
    path(f"{MISSION}attestation/", member.certificate_detail, name="certificate_detail"),
    path(f"{MISSION}attestation/preparer/", member.certificate_ask, name="certificate_ask"),
    path(f"{MISSION}attestation/pdf/", member.certificate_download, name="certificate_download"),
    path(f"{MISSION}annuaire/", member.directory_join, name="directory_join"),
    path(f"{MISSION}annuaire/quitter/", member.directory_leave, name="directory_leave"),
]
ROOM = "pilotage/<slug:promotion>/cohorte/"
staff_urls = [
    path(ROOM, cohort.cohort_detail, name="cohort_detail"),
    path(f"{ROOM}ouvrir/", cohort.cohort_open, name="cohort_open"),
    path(f"{ROOM}eig/", cohort.member_list, name="member_list"),
    path(f"{ROOM}eig/terminer/", cohort.missions_complete, name="missions_complete"),
    path(f"{ROOM}eig/<uuid:code>/terminer/", cohort.member_complete, name="member_complete"),
    path(f"{ROOM}eig/<uuid:code>/depart/", cohort.member_leave, name="member_leave"),
    path(f"{ROOM}equipes/<uuid:code>/accompagnement/", cohort.companion_add, name="companion_add"),
    path(
        f"{ROOM}equipes/<uuid:code>/accompagnement/retirer/",
        cohort.companion_remove,
        name="companion_remove",
    ),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
