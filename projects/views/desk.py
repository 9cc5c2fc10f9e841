"""Projects on the pages that both calls have alike (`eig.dossiers`)."""

from eig.dossiers.desks import DossierDesk
from eig.promotions.choices import PhaseKind
from projects.actions import save_project_section
from projects.actions.correction import CORRECTIONS
from projects.documents import RECEIPTS
from projects.queries import project_for_staff, projects_led_by, projects_visible_to

DESK = DossierDesk(
    corrections=CORRECTIONS,
    receipt=RECEIPTS,
    phase=PhaseKind.PROJECTS,
    save=save_project_section,
    closed="Ce dossier n’est plus en brouillon : il ne peut plus être modifié.",
    page="projects:project_detail",
    section="projects:project_edit",
    review="projects:project_review",
    staff_page="projects:staff_project_detail",
    proof="receipt_detail",
    deposited="Votre dossier est déposé",
    whereabouts="Où en est mon projet",
    mine=("Mes projets", "projects:project_list"),
    listed=("Projets", "projects:staff_project_list"),
    template="projects/project_edit.html",
    history=("Qui a écrit quoi", "Chaque texte enregistré est gardé jusqu’au dépôt."),
    label=lambda project: project.title,
    lead=lambda project: project.title,
    staff_label=lambda project: project.title,
    staff_lead=lambda project: project.title,
    own=projects_led_by,
    handed_in=project_for_staff,
    receipts=projects_visible_to,
)
