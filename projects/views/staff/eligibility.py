"""The check-list: one answer per condition, then « recevable » or a letter built from the reasons."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from eig.accounts.doors import SignedInRequest, staff_only
from eig.design.answers import form_page
from eig.documents.doors import serve
from eig.documents.printing import ready_document
from eig.journal.choices import Shown
from eig.journal.doors import shows
from eig.lifecycle import may_move
from eig.promotions.queries import moment
from projects.actions import check_eligibility
from projects.choices import Status
from projects.documents.letter import LETTER
from projects.forms.eligibility import CheckListForm
from projects.queries import projects_visible_to
from projects.queries.eligibility import check_list, refusal_built
from projects.views.staff.project import project_in


@staff_only
def staff_eligibility_check(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    """Answer each condition; nothing is told to the project before the next step."""
    project = project_in(request, promotion, code)
    lines = check_list(project)
    form = CheckListForm(request.POST if request.method == "POST" else None, lines=lines)
    if form.is_valid():
        check_eligibility(project, answers=form.answers(), by=request.user, at=moment(project.promotion))
        messages.success(request, "La vérification est enregistrée. Le projet n’en sait encore rien.")
        return redirect("projects:staff_eligibility_check", promotion, code)
    context = {
        "promotion": project.promotion,
        "project": project,
        "form": form,
        "unmet": [line for line in lines if line.answer is False],
        "built": refusal_built(lines),
        "is_whole": bool(lines) and all(line.answer is not None for line in lines),
        "may_accept": may_move(project, Status.ELIGIBLE),
        "may_refuse": may_move(project, Status.INELIGIBLE),
    }
    return form_page(request, "projects/staff/staff_eligibility_check.html", context)


def letter_download(request: SignedInRequest, code: str) -> FileResponse:
    """The letter of a refusal, for the team and for those who write the project."""
    project = get_object_or_404(projects_visible_to(request.user).filter(status=Status.INELIGIBLE), code=code)
    if request.user.is_staff:
        shows(request, project, what=Shown.FILE)
    return serve(ready_document(LETTER, project.pk))
