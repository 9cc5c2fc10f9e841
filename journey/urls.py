"""The roof's doors."""

from django.urls import path

from journey.views import invitation, member, messages, public, situation, withdrawal
from journey.views.staff import mail, people, pilot, shortlist

app_name = "journey"

public_urls = [
    path("", public.home, name="home"),
    path("sante/", public.health, name="health"),
]
member_urls = [
    path("mon-espace/", member.dashboard, name="dashboard"),
    path("mon-espace/messages/", messages.message_list, name="message_list"),
    path("mon-espace/messages/<uuid:code>/", messages.message_detail, name="message_detail"),
    # The address of candidates:application_detail, in front of it (see eig/urls.py).
    path("candidatures/<uuid:code>/", situation.application_situation, name="application_situation"),
    path("candidatures/<uuid:code>/renoncer/", withdrawal.application_withdraw, name="application_withdraw"),
    path("invitation/<str:token>/", invitation.invitation_accept, name="invitation_accept"),
]
staff_urls = [
    path("pilotage/", pilot.staff_promotion_list, name="staff_promotion_list"),
    path(
        "pilotage/historique/<str:record_type>/<int:record_id>/",
        pilot.staff_record_history,
        name="staff_record_history",
    ),
    path("pilotage/<slug:promotion>/", pilot.staff_cockpit, name="staff_cockpit"),
    path("pilotage/<slug:promotion>/calendrier/", pilot.staff_calendar, name="staff_calendar"),
    path(
        "pilotage/<slug:promotion>/calendrier/<slug:kind>/prolonger/",
        pilot.staff_phase_extend,
        name="staff_phase_extend",
    ),
    # The address of projects:staff_project_withdraw, in front of it (see eig/urls.py).
    path(
        "pilotage/<slug:promotion>/projets/<uuid:code>/retirer/",
        withdrawal.staff_project_withdraw,
        name="staff_project_withdraw",
    ),
    path("pilotage/<slug:promotion>/personnes/", people.staff_people, name="staff_people"),
    path(
        "pilotage/<slug:promotion>/personnes/inviter/", people.staff_person_invite, name="staff_person_invite"
    ),
    path(
        "pilotage/<slug:promotion>/personnes/invitations/<int:pk>/annuler/",
        people.staff_invitation_revoke,
        name="staff_invitation_revoke",
    ),
    # In the rooms of step 2; the needs of the projects are seen from here only.
    path(
        "pilotage/<slug:promotion>/candidatures/preselection/",
        shortlist.staff_shortlist_board,
        name="staff_shortlist_board",
    ),
    path("pilotage/<slug:promotion>/journal/", pilot.staff_journal, name="staff_journal"),
    path("pilotage/<slug:promotion>/courriels/", mail.staff_mail_list, name="staff_mail_list"),
    path(
        "pilotage/<slug:promotion>/courriels/<uuid:code>/", mail.staff_mail_detail, name="staff_mail_detail"
    ),
    path(
        "pilotage/<slug:promotion>/courriels/<uuid:code>/renvoyer/",
        mail.staff_mail_retry,
        name="staff_mail_retry",
    ),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
