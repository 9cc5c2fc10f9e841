"""The letter to a project that is not eligible: the same words as the mail, on paper."""

from eig.documents.printing import Order, Progress, register
from eig.journal.queries import history_of
from projects.models import Project
from projects.queries import lead_of
from projects.rules import paragraphs

LETTER = "projects.ineligibility_letter"


def build_letter(project_id: int, progress: Progress) -> Order:
    project = Project.objects.select_related("promotion", "administration").get(pk=project_id)
    progress(20)
    refused = next((entry for entry in history_of(project) if entry.verb == "move"), None)
    context = {
        "project": project,
        "promotion": project.promotion,
        "lead": lead_of(project),
        "paragraphs": paragraphs(project.ineligibility),
        "at": refused.at if refused else None,
    }
    return Order("pdf/project_letter.html", context, f"courrier-{project.number}.pdf")


register(LETTER, build_letter)
