"""Profiles proposed by laureates: accepted, or sent back with a word."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.lifecycle import IllegalMove
from eig.promotions.queries import moment
from projects.actions import AnswerMissing, SeatsOutOfRange, accept_proposal, return_proposal
from projects.queries.proposal import proposals_of
from projects.views.staff.project import project_in


@require_POST
@staff_only
def staff_proposal_answer(
    request: SignedInRequest, promotion: str, code: str, proposal: UUID
) -> HttpResponse:
    project = project_in(request, promotion, code)
    row = get_object_or_404(proposals_of(project), code=proposal)
    now = moment(project.promotion)
    with Doing(request, (AnswerMissing, IllegalMove, SeatsOutOfRange)) as done:
        if request.POST.get("deed") == "accept":
            accept_proposal(row, by=request.user, at=now)
        else:
            return_proposal(row, answer=request.POST.get("answer", "")[:500], by=request.user, at=now)
        done.said = "La réponse est envoyée à l’équipe du projet."
    return redirect("projects:staff_project_detail", promotion, code)
