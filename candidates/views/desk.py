"""Applications on the pages that both calls have alike (`eig.dossiers`)."""

from candidates.actions import save_application_section
from candidates.actions.correction import CORRECTIONS
from candidates.documents import RECEIPTS
from candidates.queries import applications_for_staff, attached_codes, files_of, own_applications
from candidates.views.correction_files import correction_uploads, files_replaced
from candidates.views.receiving import take_correction, take_section
from candidates.views.section import section_shown
from eig.dossiers.desks import DossierDesk, Files
from eig.promotions.choices import PhaseKind

DESK = DossierDesk(
    corrections=CORRECTIONS,
    receipt=RECEIPTS,
    phase=PhaseKind.APPLICATIONS,
    save=save_application_section,
    closed="Votre candidature n’est plus en brouillon : elle ne peut plus être modifiée.",
    page="candidates:application_detail",
    section="candidates:application_edit",
    review="candidates:application_review",
    staff_page="candidates:staff_application_detail",
    proof="application_receipt",
    deposited="Votre candidature est déposée",
    whereabouts="Où en est ma candidature",
    mine=None,
    listed=("Candidatures", "candidates:staff_application_list"),
    template="candidates/application_edit.html",
    history=(
        "Ce que vous avez écrit",
        "Chaque texte enregistré est gardé jusqu’au dépôt, et vous seul·e le voyez.",
    ),
    label=lambda application: "Ma candidature",
    lead=lambda application: f"Candidature {application.number}",
    staff_label=lambda application: application.number,
    staff_lead=lambda application: application.candidate,
    own=own_applications,
    handed_in=applications_for_staff,
    receipts=own_applications,
    invitation="candidates/receipt_invitation.html",
    files=Files(
        of=files_of,
        answered=attached_codes,
        shown=section_shown,
        take=take_section,
        take_again=take_correction,
        uploads=correction_uploads,
        replaced=files_replaced,
    ),
)
