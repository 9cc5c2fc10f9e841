"""The doors of step 1: the public, who writes and who reads, the programme team."""

from django.urls import path

from eig.accounts.doors import door
from eig.dossiers.urls import own_urls
from eig.dossiers.urls import staff_urls as dossier_urls
from eig.dossiers.views.writing import section_edit
from eig.evaluation.urls import reader_urls
from eig.evaluation.urls import staff_urls as reading_urls
from eig.juries.urls import jury_urls
from eig.juries.views.panel import seat_change
from eig.waves.urls import wave_urls
from projects.views import administration, editor, history, jury, member, page, public, reader, visa
from projects.views.desk import DESK
from projects.views.readings import READINGS
from projects.views.staff import brochure, decision, eligibility, hearing, project, proposal
from projects.views.staff import jury as staff_jury
from projects.views.staff.jury import JURIES

app_name = "projects"

public_urls = [
    door("<slug:promotion>/appel-a-projets/", public.project_call),
    door("<slug:promotion>/appel-a-projets/brochure/", public.call_brochure_download),
    door("defis/", public.page_list),
    door("defis/<slug:slug>/", public.page_detail),
    door("defis/<slug:slug>/fiche/", public.sheet_download),
    door("defis/promotions/<slug:promotion>/brochure/", public.brochure_download),
    door("visas/<str:token>/", visa.visa_answer),
]
READ = "lectures/projets/"
OWN = "projets/<uuid:code>/"
member_urls = [
    door("projets/", member.project_list),
    door("<slug:promotion>/appel-a-projets/commencer/", member.project_start),
    door("projets/organisations/", administration.administration_search),
    door(OWN, member.project_detail),
    path(f"{OWN}rubriques/<slug:section>/", section_edit, {"desk": DESK}, name="project_edit"),
    *own_urls(OWN, DESK),
    door(f"{OWN}apercu/", history.project_preview),
    door(f"{OWN}relire/", member.project_review),
    door(f"{OWN}deposer/", member.project_submit),
    door(f"{OWN}retirer/", member.project_withdraw),
    door(f"{OWN}redaction/", editor.editor_list),
    door(f"{OWN}redaction/inviter/", editor.editor_invite),
    door(f"{OWN}redaction/<uuid:person>/retirer/", editor.editor_remove),
    door(f"{OWN}redaction/annuler/", editor.invitation_revoke),
    door(f"{OWN}visas/", visa.visa_list),
    door(f"{OWN}visas/demander/", visa.visa_ask),
    door(f"{OWN}visas/<uuid:visa>/annuler/", visa.visa_revoke),
    door(f"{OWN}profils/<uuid:position>/", page.position_edit),
    door(f"{OWN}defi/", page.page_edit),
    door(f"{OWN}defi/apercu/", page.page_preview),
    door(f"{OWN}audition/", jury.hearing_detail),
    door(f"{OWN}audition/agenda/", jury.hearing_calendar),
    door("jurys/projets/", jury.jury_list),
    door("jurys/projets/agenda/", jury.jury_calendar),
    door("jurys/projets/<uuid:code>/", jury.hearing_edit),
    door("jurys/projets/<uuid:code>/conflit/", jury.hearing_clear),
    door("jurys/projets/<uuid:code>/deport/", jury.hearing_recuse),
    door("jurys/projets/<uuid:code>/signer/", jury.hearing_sign),
    door("jurys/projets/<uuid:code>/absence/", jury.hearing_miss),
    door(f"{OWN}courrier/", eligibility.letter_download),
    *reader_urls(READ, READINGS, take="prendre", recuse="deport"),
    door(f"{READ}<uuid:code>/conflit/", reader.conflict_declare),
]
STAFF = "pilotage/<slug:promotion>/projets/"
JURY = f"{STAFF}jurys/<uuid:code>/"
staff_urls = [
    door(STAFF, project.staff_project_list),
    *reading_urls(
        STAFF,
        READINGS,
        preview="apercu",
        ask="lecture-de-plus",
        person="",
        dismiss="retirer",
        recuse="lecteurs/<uuid:sheet>/deport/",
    ),
    door(f"{STAFF}jurys/", hearing.staff_hearing_plan),
    door(f"{STAFF}jurys/proposer/", hearing.staff_hearing_propose),
    door(f"{STAFF}jurys/demi-journees/", hearing.staff_half_day_list),
    door(f"{STAFF}jurys/demi-journees/<int:pk>/retirer/", hearing.staff_half_day_remove),
    door(f"{STAFF}jurys/annoncer/", hearing.staff_hearing_announce),
    door(f"{STAFF}jurys/effacer/", hearing.staff_hearing_clear),
    door(f"{STAFF}jurys/imprimer/", hearing.staff_hearing_print),
    door(f"{STAFF}jurys/document/", hearing.staff_hearing_download),
    door(f"{STAFF}jurys/membres/", staff_jury.staff_project_juror_list),
    *jury_urls(STAFF, JURIES, create="ajouter", seat="membres", jurors="jurys/membres"),
    door(f"{JURY}membres/<uuid:juror>/", seat_change, name="staff_seat_change", desk=JURIES),
    door(f"{JURY}projets/", staff_jury.staff_hearing_place),
    door(f"{JURY}projets/<uuid:hearing>/", staff_jury.staff_hearing_move),
    *wave_urls(f"{STAFF}vagues/", decision.DESK),
    door(f"{STAFF}publication/", brochure.staff_publication),
    door(f"{STAFF}publication/publier/", brochure.staff_project_publish),
    door(f"{STAFF}publication/brochure/", brochure.staff_brochure_ask),
    door(f"{STAFF}publication/avancement/", brochure.staff_brochure_progress),
    *dossier_urls(STAFF, DESK, ask="corriger"),
    door(f"{STAFF}<uuid:code>/", project.staff_project_detail),
    door(f"{STAFF}<uuid:code>/recevabilite/", eligibility.staff_eligibility_check),
    door(f"{STAFF}<uuid:code>/profils/<uuid:proposal>/", proposal.staff_proposal_answer),
    door(f"{STAFF}<uuid:code>/recevoir/", project.staff_eligibility_accept),
    door(f"{STAFF}<uuid:code>/refuser/", project.staff_eligibility_refuse),
    door(f"{STAFF}<uuid:code>/retirer/", project.staff_project_withdraw),
    door(f"{STAFF}<uuid:code>/defi/", page.staff_page_edit),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
