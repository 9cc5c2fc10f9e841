"""The doors of step 1: the public, who writes and who reads, the programme team."""

from django.urls import path

from eig.waves.urls import wave_urls
from projects.views import (
    administration,
    correction,
    editor,
    history,
    jury,
    member,
    page,
    public,
    reader,
    visa,
)
from projects.views.staff import brochure, decision, eligibility, hearing, project, proposal, reading
from projects.views.staff import correction as staff
from projects.views.staff import jury as staff_jury

app_name = "projects"

public_urls = [
    path("<slug:promotion>/appel-a-projets/", public.project_call, name="project_call"),
    path(
        "<slug:promotion>/appel-a-projets/brochure/",
        public.call_brochure_download,
        name="call_brochure_download",
    ),
    path("defis/", public.page_list, name="page_list"),
    path("defis/<slug:slug>/", public.page_detail, name="page_detail"),
    path("defis/<slug:slug>/fiche/", public.sheet_download, name="sheet_download"),
    path("defis/promotions/<slug:promotion>/brochure/", public.brochure_download, name="brochure_download"),
    path("visas/<str:token>/", visa.visa_answer, name="visa_answer"),
]
member_urls = [
    path("projets/", member.project_list, name="project_list"),
    path("<slug:promotion>/appel-a-projets/commencer/", member.project_start, name="project_start"),
    path("projets/organisations/", administration.administration_search, name="administration_search"),
    path("projets/<uuid:code>/", member.project_detail, name="project_detail"),
    path("projets/<uuid:code>/rubriques/<slug:section>/", member.project_edit, name="project_edit"),
    path("projets/<uuid:code>/reponses/<slug:question>/", member.answer_save, name="answer_save"),
    path("projets/<uuid:code>/historique/", history.revision_list, name="revision_list"),
    path("projets/<uuid:code>/historique/revenir/", history.revision_restore, name="revision_restore"),
    path("projets/<uuid:code>/apercu/", history.project_preview, name="project_preview"),
    path(
        "projets/<uuid:code>/corrections/<uuid:correction>/",
        correction.correction_edit,
        name="correction_edit",
    ),
    path(
        "projets/<uuid:code>/corrections/<uuid:correction>/reponses/<slug:question>/",
        correction.correction_answer_save,
        name="correction_answer_save",
    ),
    path("projets/<uuid:code>/relire/", member.project_review, name="project_review"),
    path("projets/<uuid:code>/deposer/", member.project_submit, name="project_submit"),
    path("projets/<uuid:code>/recepisse/", member.receipt_detail, name="receipt_detail"),
    path("projets/<uuid:code>/recepisse/pdf/", member.receipt_download, name="receipt_download"),
    path("projets/<uuid:code>/retirer/", member.project_withdraw, name="project_withdraw"),
    path("projets/<uuid:code>/redaction/", editor.editor_list, name="editor_list"),
    path("projets/<uuid:code>/redaction/inviter/", editor.editor_invite, name="editor_invite"),
    path("projets/<uuid:code>/redaction/<uuid:person>/retirer/", editor.editor_remove, name="editor_remove"),
    path("projets/<uuid:code>/redaction/annuler/", editor.invitation_revoke, name="invitation_revoke"),
    path("projets/<uuid:code>/visas/", visa.visa_list, name="visa_list"),
    path("projets/<uuid:code>/visas/demander/", visa.visa_ask, name="visa_ask"),
    path("projets/<uuid:code>/visas/<uuid:visa>/annuler/", visa.visa_revoke, name="visa_revoke"),
    path("projets/<uuid:code>/profils/<uuid:position>/", page.position_edit, name="position_edit"),
    path("projets/<uuid:code>/defi/", page.page_edit, name="page_edit"),
    path("projets/<uuid:code>/defi/apercu/", page.page_preview, name="page_preview"),
    path("projets/<uuid:code>/audition/", jury.hearing_detail, name="hearing_detail"),
    path("projets/<uuid:code>/audition/agenda/", jury.hearing_calendar, name="hearing_calendar"),
    path("jurys/projets/", jury.jury_list, name="jury_list"),
    path("jurys/projets/agenda/", jury.jury_calendar, name="jury_calendar"),
    path("jurys/projets/<uuid:code>/", jury.hearing_edit, name="hearing_edit"),
    path("jurys/projets/<uuid:code>/conflit/", jury.hearing_clear, name="hearing_clear"),
    path("jurys/projets/<uuid:code>/deport/", jury.hearing_recuse, name="hearing_recuse"),
    path("jurys/projets/<uuid:code>/signer/", jury.hearing_sign, name="hearing_sign"),
    path("jurys/projets/<uuid:code>/absence/", jury.hearing_miss, name="hearing_miss"),
    path("projets/<uuid:code>/courrier/", eligibility.letter_download, name="letter_download"),
    path("lectures/projets/prendre/<slug:promotion>/", reader.review_take, name="review_take"),
    path("lectures/projets/", reader.review_list, name="review_list"),
    path("lectures/projets/<uuid:sheet>/", reader.review_edit, name="review_edit"),
    path("lectures/projets/<uuid:sheet>/grille/", reader.review_detail, name="review_detail"),
    path("lectures/projets/<uuid:sheet>/conflit/", reader.conflict_declare, name="conflict_declare"),
    path("lectures/projets/<uuid:sheet>/signer/", reader.review_sign, name="review_sign"),
    path("lectures/projets/<uuid:sheet>/deport/", reader.review_recuse, name="review_recuse"),
]
STAFF = "pilotage/<slug:promotion>/projets/"
staff_urls = [
    path(STAFF, project.staff_project_list, name="staff_project_list"),
    path(f"{STAFF}lectures/", reading.staff_reading_list, name="staff_reading_list"),
    path(f"{STAFF}lectures/distribuer/", reading.staff_reading_distribute, name="staff_reading_distribute"),
    path(f"{STAFF}lectures/apercu/", reading.staff_reading_preview, name="staff_reading_preview"),
    path(f"{STAFF}jurys/", hearing.staff_hearing_plan, name="staff_hearing_plan"),
    path(f"{STAFF}jurys/proposer/", hearing.staff_hearing_propose, name="staff_hearing_propose"),
    path(f"{STAFF}jurys/annoncer/", hearing.staff_hearing_announce, name="staff_hearing_announce"),
    path(f"{STAFF}jurys/effacer/", hearing.staff_hearing_clear, name="staff_hearing_clear"),
    path(f"{STAFF}jurys/imprimer/", hearing.staff_hearing_print, name="staff_hearing_print"),
    path(f"{STAFF}jurys/document/", hearing.staff_hearing_download, name="staff_hearing_download"),
    path(f"{STAFF}jurys/membres/", staff_jury.staff_project_juror_list, name="staff_project_juror_list"),
    path(
        f"{STAFF}jurys/membres/<uuid:juror>/",
        staff_jury.staff_project_juror_edit,
        name="staff_project_juror_edit",
    ),
    path(
        f"{STAFF}jurys/membres/<uuid:juror>/retirer/",
        staff_jury.staff_project_juror_dismiss,
        name="staff_project_juror_dismiss",
    ),
    path(f"{STAFF}jurys/ajouter/", staff_jury.staff_group_create, name="staff_group_create"),
    path(f"{STAFF}jurys/<uuid:group>/", staff_jury.staff_group_detail, name="staff_group_detail"),
    path(f"{STAFF}jurys/<uuid:group>/supprimer/", staff_jury.staff_group_remove, name="staff_group_remove"),
    path(f"{STAFF}jurys/<uuid:group>/membres/", staff_jury.staff_seat_add, name="staff_seat_add"),
    path(
        f"{STAFF}jurys/<uuid:group>/membres/<uuid:juror>/",
        staff_jury.staff_seat_change,
        name="staff_seat_change",
    ),
    path(f"{STAFF}jurys/<uuid:group>/projets/", staff_jury.staff_hearing_place, name="staff_hearing_place"),
    path(
        f"{STAFF}jurys/<uuid:group>/projets/<uuid:hearing>/",
        staff_jury.staff_hearing_move,
        name="staff_hearing_move",
    ),
    *wave_urls(f"{STAFF}vagues/", decision.DESK),
    path(f"{STAFF}publication/", brochure.staff_publication, name="staff_publication"),
    path(f"{STAFF}publication/publier/", brochure.staff_project_publish, name="staff_project_publish"),
    path(f"{STAFF}publication/brochure/", brochure.staff_brochure_ask, name="staff_brochure_ask"),
    path(f"{STAFF}publication/avancement/", brochure.staff_brochure_progress, name="staff_brochure_progress"),
    path(f"{STAFF}corrections/<uuid:code>/", staff.staff_correction_detail, name="staff_correction_detail"),
    path(
        f"{STAFF}corrections/<uuid:code>/annuler/",
        staff.staff_correction_cancel,
        name="staff_correction_cancel",
    ),
    path(f"{STAFF}<uuid:code>/corriger/", staff.staff_correction_ask, name="staff_correction_ask"),
    path(f"{STAFF}<uuid:code>/", project.staff_project_detail, name="staff_project_detail"),
    path(
        f"{STAFF}<uuid:code>/recevabilite/",
        eligibility.staff_eligibility_check,
        name="staff_eligibility_check",
    ),
    path(
        f"{STAFF}<uuid:code>/profils/<uuid:proposal>/",
        proposal.staff_proposal_answer,
        name="staff_proposal_answer",
    ),
    path(f"{STAFF}<uuid:code>/lecture-de-plus/", reading.staff_reading_ask, name="staff_reading_ask"),
    path(f"{STAFF}<uuid:code>/recevoir/", project.staff_eligibility_accept, name="staff_eligibility_accept"),
    path(f"{STAFF}<uuid:code>/refuser/", project.staff_eligibility_refuse, name="staff_eligibility_refuse"),
    path(f"{STAFF}<uuid:code>/retirer/", project.staff_project_withdraw, name="staff_project_withdraw"),
    path(f"{STAFF}<uuid:code>/defi/", page.staff_page_edit, name="staff_page_edit"),
    path(f"{STAFF}<uuid:code>/lecteurs/", reading.staff_reader_assign, name="staff_reader_assign"),
    path(
        f"{STAFF}<uuid:code>/lecteurs/<uuid:sheet>/deport/",
        reading.staff_reader_recuse,
        name="staff_reader_recuse",
    ),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
