"""The doors of the call for applications."""

from django.urls import path

from candidates.views import (
    anonymous,
    calibration,
    candidate,
    correction_files,
    letter,
    pool,
    public,
    reader,
    uploads,
    writing,
)
from candidates.views.desk import DESK
from candidates.views.readings import READINGS
from candidates.views.staff import application, decision, duplicate, listing, quarantine, standing
from candidates.views.staff import calibration as calibration_staff
from candidates.views.staff import pool as pool_staff
from eig.accounts.doors import door
from eig.dossiers.urls import own_urls
from eig.dossiers.urls import staff_urls as dossier_urls
from eig.dossiers.views.writing import section_edit
from eig.evaluation.urls import reader_urls
from eig.evaluation.urls import staff_urls as reading_urls
from eig.waves.urls import wave_urls

app_name = "candidates"

OWN = "candidatures/<uuid:code>/"
CORRECTION = f"{OWN}corrections/<uuid:correction>/"
READ = "lectures/candidatures/"
STAFF = "pilotage/<slug:promotion>/candidatures/"

public_urls = [door("<slug:promotion>/appel-a-candidatures/", public.call)]
member_urls = [
    door("<slug:promotion>/candidater/", candidate.application_start),
    door("candidatures/", candidate.application_list),
    door(OWN, candidate.application_detail),
    path(f"{OWN}dossier/<slug:section>/", section_edit, {"desk": DESK}, name="application_edit"),
    *own_urls(OWN, DESK),
    door(f"{OWN}experience/", writing.experience_calculate),
    door(f"{CORRECTION}pieces/<slug:question>/ajouter/", correction_files.correction_file_add),
    door(f"{CORRECTION}pieces/<uuid:document>/", correction_files.correction_file_download),
    door(f"{CORRECTION}pieces/<uuid:document>/retirer/", correction_files.correction_file_remove),
    door(f"{OWN}relire/", candidate.application_review),
    door(f"{OWN}lecture-anonyme/", anonymous.application_anonymous),
    door(f"{OWN}lecture-anonyme/retoucher/", anonymous.redaction_mark),
    door(f"{OWN}lecture-anonyme/retablir/", anonymous.redaction_unmark),
    door(f"{OWN}pieces/<uuid:document>/page-<int:page>/", anonymous.attachment_picture),
    door(f"{OWN}deposer/", candidate.application_submit),
    door(f"{OWN}retirer/", candidate.application_withdraw),
    door(f"{OWN}pieces/<slug:question>/ajouter/", uploads.attachment_add),
    door(f"{OWN}pieces/<uuid:document>/", uploads.attachment_download),
    door(f"{OWN}pieces/<uuid:document>/retirer/", uploads.attachment_remove),
    door("vivier/<slug:programme>/", pool.pool_edit),
    door("vivier/<slug:programme>/quitter/", pool.pool_leave),
    door(f"{OWN}lettre/", letter.letter_download),
    door(f"{READ}calibrage/<slug:promotion>/", calibration.calibration_detail),
    *reader_urls(READ, READINGS, take="suivante", recuse="se-deporter"),
    door(f"{READ}<uuid:code>/sans-conflit/", reader.review_clear),
    door(f"{READ}<uuid:code>/pieces/<uuid:document>/", reader.review_download),
    door(f"{READ}<uuid:code>/imprimer/", reader.review_print),
]
staff_urls = [
    door(STAFF, listing.staff_application_list),
    door(f"{STAFF}fichiers/", quarantine.staff_quarantine_list),
    door(f"{STAFF}fichiers/verifier/", quarantine.staff_quarantine_retry),
    *reading_urls(
        STAFF,
        READINGS,
        preview="attribution",
        ask="troisieme-lecture",
        person="personnes/",
        dismiss="liberer",
        recuse="deport/",
    ),
    door(f"{STAFF}lectures/desaccords/", standing.staff_disagreement_list),
    door(f"{STAFF}lectures/calibrage/", calibration_staff.staff_calibration_detail),
    door(f"{STAFF}lectures/calibrage/ouvrir/", calibration_staff.staff_calibration_open),
    door(f"{STAFF}lectures/calibrage/annuler/", calibration_staff.staff_calibration_cancel),
    door(f"{STAFF}lectures/reperes/<slug:criterion>/", calibration_staff.staff_anchor_edit),
    door(f"{STAFF}classement/", standing.staff_standing_list),
    door(f"{STAFF}doublons/", duplicate.staff_duplicate_list),
    door(f"{STAFF}doublons/<uuid:first>/<uuid:second>/", duplicate.staff_duplicate_detail),
    door(f"{STAFF}vivier/", pool_staff.staff_pool_list),
    door(f"{STAFF}vivier/prevenir/", pool_staff.staff_pool_tell),
    door(f"{STAFF}<uuid:code>/ineligible/lettre/", application.staff_letter_download),
    door(f"{STAFF}decisions/<uuid:wave>/proposer/", decision.staff_wave_propose),
    *wave_urls(f"{STAFF}decisions/", decision.DESK),
    *dossier_urls(STAFF, DESK, ask="completer"),
    door(f"{STAFF}<uuid:code>/", application.staff_application_detail),
    door(f"{STAFF}<uuid:code>/anonymat/", anonymous.staff_application_anonymous),
    door(f"{STAFF}<uuid:code>/anonymat/retoucher/", anonymous.staff_redaction_mark),
    door(f"{STAFF}<uuid:code>/anonymat/retablir/", anonymous.staff_redaction_unmark),
    door(f"{STAFF}<uuid:code>/pieces/<uuid:document>/page-<int:page>/", anonymous.staff_attachment_picture),
    door(f"{STAFF}<uuid:code>/ineligible/", application.staff_application_refuse),
    door(f"{STAFF}<uuid:code>/retablir/", application.staff_application_restore),
    door(f"{STAFF}<uuid:code>/pieces/<uuid:document>/", application.staff_attachment_download),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
