"""The doors of the call for applications."""

from django.urls import path

from candidates.views import (
    anonymous,
    calibration,
    candidate,
    correction,
    correction_files,
    letter,
    pool,
    public,
    queue,
    reader,
    uploads,
    writing,
)
from candidates.views.staff import (
    application,
    assignment,
    decision,
    duplicate,
    listing,
    quarantine,
    reading,
    standing,
)
from candidates.views.staff import calibration as calibration_staff
from candidates.views.staff import correction as staff
from candidates.views.staff import pool as pool_staff
from eig.waves.urls import wave_urls

app_name = "candidates"

OWN = "candidatures/<uuid:code>/"
READ = "lectures/candidatures/"
STAFF = "pilotage/<slug:promotion>/candidatures/"

public_urls = [
    path("<slug:promotion>/appel-a-candidatures/", public.call, name="call"),
]
member_urls = [
    path("<slug:promotion>/candidater/", candidate.application_start, name="application_start"),
    path("candidatures/", candidate.application_list, name="application_list"),
    path(OWN, candidate.application_detail, name="application_detail"),
    path(f"{OWN}dossier/<slug:section>/", candidate.application_edit, name="application_edit"),
    path(f"{OWN}reponses/<slug:question>/", writing.answer_save, name="answer_save"),
    path(f"{OWN}historique/", writing.revision_list, name="revision_list"),
    path(f"{OWN}historique/revenir/", writing.revision_restore, name="revision_restore"),
    path(f"{OWN}experience/", writing.experience_calculate, name="experience_calculate"),
    path(f"{OWN}corrections/<uuid:correction>/", correction.correction_edit, name="correction_edit"),
    path(
        f"{OWN}corrections/<uuid:correction>/reponses/<slug:question>/",
        correction.correction_answer_save,
        name="correction_answer_save",
    ),
    path(
        f"{OWN}corrections/<uuid:correction>/pieces/<slug:question>/ajouter/",
        correction_files.correction_file_add,
        name="correction_file_add",
    ),
    path(
        f"{OWN}corrections/<uuid:correction>/pieces/<uuid:document>/",
        correction_files.correction_file_download,
        name="correction_file_download",
    ),
    path(
        f"{OWN}corrections/<uuid:correction>/pieces/<uuid:document>/retirer/",
        correction_files.correction_file_remove,
        name="correction_file_remove",
    ),
    path(f"{OWN}relire/", candidate.application_review, name="application_review"),
    path(f"{OWN}lecture-anonyme/", anonymous.application_anonymous, name="application_anonymous"),
    path(f"{OWN}lecture-anonyme/retoucher/", anonymous.redaction_mark, name="redaction_mark"),
    path(f"{OWN}lecture-anonyme/retablir/", anonymous.redaction_unmark, name="redaction_unmark"),
    path(
        f"{OWN}pieces/<uuid:document>/page-<int:page>/",
        anonymous.attachment_picture,
        name="attachment_picture",
    ),
    path(f"{OWN}deposer/", candidate.application_submit, name="application_submit"),
    path(f"{OWN}recepisse/", candidate.application_receipt, name="application_receipt"),
    path(f"{OWN}recepisse/pdf/", candidate.receipt_download, name="receipt_download"),
    path(f"{OWN}retirer/", candidate.application_withdraw, name="application_withdraw"),
    path(f"{OWN}pieces/<slug:question>/ajouter/", uploads.attachment_add, name="attachment_add"),
    path(f"{OWN}pieces/<uuid:document>/", uploads.attachment_download, name="attachment_download"),
    path(f"{OWN}pieces/<uuid:document>/retirer/", uploads.attachment_remove, name="attachment_remove"),
    path("vivier/<slug:programme>/", pool.pool_edit, name="pool_edit"),
    path("vivier/<slug:programme>/quitter/", pool.pool_leave, name="pool_leave"),
    path(f"{OWN}lettre/", letter.letter_download, name="letter_download"),
    path(READ, queue.reading_list, name="reading_list"),
    path(f"{READ}suivante/<slug:promotion>/", queue.reading_next, name="reading_next"),
    path(f"{READ}raccourcis/", queue.reading_shortcuts, name="reading_shortcuts"),
    path(f"{READ}calibrage/<slug:promotion>/", calibration.calibration_detail, name="calibration_detail"),
    path(f"{READ}<uuid:code>/", reader.review_edit, name="review_edit"),
    path(f"{READ}<uuid:code>/grille/", reader.review_detail, name="review_detail"),
    path(f"{READ}<uuid:code>/sans-conflit/", reader.review_clear, name="review_clear"),
    path(f"{READ}<uuid:code>/se-deporter/", reader.review_recuse, name="review_recuse"),
    path(f"{READ}<uuid:code>/signer/", reader.review_sign, name="review_sign"),
    path(f"{READ}<uuid:code>/pieces/<uuid:document>/", reader.review_download, name="review_download"),
    path(f"{READ}<uuid:code>/imprimer/", reader.review_print, name="review_print"),
]
staff_urls = [
    path(STAFF, listing.staff_application_list, name="staff_application_list"),
    path(f"{STAFF}fichiers/", quarantine.staff_quarantine_list, name="staff_quarantine_list"),
    path(f"{STAFF}fichiers/verifier/", quarantine.staff_quarantine_retry, name="staff_quarantine_retry"),
    path(f"{STAFF}lectures/", reading.staff_reading_list, name="staff_reading_list"),
    path(f"{STAFF}lectures/distribuer/", reading.staff_reading_distribute, name="staff_reading_distribute"),
    path(
        f"{STAFF}lectures/attribution/",
        assignment.staff_assignment_preview,
        name="staff_assignment_preview",
    ),
    path(f"{STAFF}lectures/personnes/<uuid:person>/", assignment.staff_reader_edit, name="staff_reader_edit"),
    path(
        f"{STAFF}lectures/personnes/<uuid:person>/liberer/",
        assignment.staff_reader_dismiss,
        name="staff_reader_dismiss",
    ),
    path(f"{STAFF}lectures/desaccords/", standing.staff_disagreement_list, name="staff_disagreement_list"),
    path(f"{STAFF}<uuid:code>/troisieme-lecture/", standing.staff_third_ask, name="staff_third_ask"),
    path(
        f"{STAFF}lectures/calibrage/",
        calibration_staff.staff_calibration_detail,
        name="staff_calibration_detail",
    ),
    path(
        f"{STAFF}lectures/calibrage/ouvrir/",
        calibration_staff.staff_calibration_open,
        name="staff_calibration_open",
    ),
    path(
        f"{STAFF}lectures/calibrage/annuler/",
        calibration_staff.staff_calibration_cancel,
        name="staff_calibration_cancel",
    ),
    path(
        f"{STAFF}lectures/reperes/<slug:criterion>/",
        calibration_staff.staff_anchor_edit,
        name="staff_anchor_edit",
    ),
    path(f"{STAFF}classement/", standing.staff_standing_list, name="staff_standing_list"),
    path(f"{STAFF}doublons/", duplicate.staff_duplicate_list, name="staff_duplicate_list"),
    path(
        f"{STAFF}doublons/<uuid:first>/<uuid:second>/",
        duplicate.staff_duplicate_detail,
        name="staff_duplicate_detail",
    ),
    path(f"{STAFF}vivier/", pool_staff.staff_pool_list, name="staff_pool_list"),
    path(f"{STAFF}vivier/prevenir/", pool_staff.staff_pool_tell, name="staff_pool_tell"),
    path(
        f"{STAFF}<uuid:code>/ineligible/lettre/",
        application.staff_letter_download,
        name="staff_letter_download",
    ),
    path(f"{STAFF}decisions/<uuid:wave>/proposer/", decision.staff_wave_propose, name="staff_wave_propose"),
    *wave_urls(f"{STAFF}decisions/", decision.DESK),
    path(f"{STAFF}corrections/<uuid:code>/", staff.staff_correction_detail, name="staff_correction_detail"),
    path(
        f"{STAFF}corrections/<uuid:code>/annuler/",
        staff.staff_correction_cancel,
        name="staff_correction_cancel",
    ),
    path(f"{STAFF}<uuid:code>/completer/", staff.staff_correction_ask, name="staff_correction_ask"),
    path(f"{STAFF}<uuid:code>/", application.staff_application_detail, name="staff_application_detail"),
    path(
        f"{STAFF}<uuid:code>/anonymat/",
        anonymous.staff_application_anonymous,
        name="staff_application_anonymous",
    ),
    path(
        f"{STAFF}<uuid:code>/anonymat/retoucher/",
        anonymous.staff_redaction_mark,
        name="staff_redaction_mark",
    ),
    path(
        f"{STAFF}<uuid:code>/anonymat/retablir/",
        anonymous.staff_redaction_unmark,
        name="staff_redaction_unmark",
    ),
    path(
        f"{STAFF}<uuid:code>/pieces/<uuid:document>/page-<int:page>/",
        anonymous.staff_attachment_picture,
        name="staff_attachment_picture",
    ),
    path(
        f"{STAFF}<uuid:code>/ineligible/",
        application.staff_application_refuse,
        name="staff_application_refuse",
    ),
    path(
        f"{STAFF}<uuid:code>/retablir/",
        application.staff_application_restore,
        name="staff_application_restore",
    ),
    path(f"{STAFF}<uuid:code>/lecteurs/", application.staff_reader_assign, name="staff_reader_assign"),
    path(f"{STAFF}<uuid:code>/deport/", application.staff_reader_recuse, name="staff_reader_recuse"),
    path(
        f"{STAFF}<uuid:code>/pieces/<uuid:document>/",
        application.staff_attachment_download,
        name="staff_attachment_download",
    ),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
