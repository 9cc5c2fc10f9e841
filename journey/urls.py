"""The roof's doors."""

from eig.accounts.doors import door
from journey.views import invitation, member, messages, public, situation, withdrawal
from journey.views.staff import mail, people, pilot, shortlist

app_name = "journey"

public_urls = [door("", public.home), door("sante/", public.health)]
member_urls = [
    door("mon-espace/", member.dashboard),
    door("mon-espace/messages/", messages.message_list),
    door("mon-espace/messages/<uuid:code>/", messages.message_detail),
    # The address of candidates:application_detail, in front of it (see eig/urls.py).
    door("candidatures/<uuid:code>/", situation.application_situation),
    door("candidatures/<uuid:code>/renoncer/", withdrawal.application_withdraw),
    door("invitation/<str:token>/", invitation.invitation_accept),
]
staff_urls = [
    door("pilotage/", pilot.staff_promotion_list),
    door("pilotage/historique/<str:record_type>/<int:record_id>/", pilot.staff_record_history),
    door("pilotage/<slug:promotion>/", pilot.staff_cockpit),
    door("pilotage/<slug:promotion>/calendrier/", pilot.staff_calendar),
    door("pilotage/<slug:promotion>/calendrier/<slug:kind>/prolonger/", pilot.staff_phase_extend),
    # The address of projects:staff_project_withdraw, in front of it (see eig/urls.py).
    door("pilotage/<slug:promotion>/projets/<uuid:code>/retirer/", withdrawal.staff_project_withdraw),
    door("pilotage/<slug:promotion>/personnes/", people.staff_people),
    door("pilotage/<slug:promotion>/personnes/inviter/", people.staff_person_invite),
    door("pilotage/<slug:promotion>/personnes/invitations/<int:pk>/annuler/", people.staff_invitation_revoke),
    # In the rooms of step 2; the needs of the projects are seen from here only.
    door("pilotage/<slug:promotion>/candidatures/preselection/", shortlist.staff_shortlist_board),
    door("pilotage/<slug:promotion>/journal/", pilot.staff_journal),
    door("pilotage/<slug:promotion>/courriels/", mail.staff_mail_list),
    door("pilotage/<slug:promotion>/courriels/<uuid:code>/", mail.staff_mail_detail),
    door("pilotage/<slug:promotion>/courriels/<uuid:code>/renvoyer/", mail.staff_mail_retry),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
