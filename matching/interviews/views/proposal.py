"""The candidate's doors on an audition offered outside their wishes: read it, accept, decline."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.promotions.queries import moment
from matching.interviews.actions import NotHeardHere, ProposalClosed, accept_proposal, decline_proposal
from matching.interviews.choices import ProposalStatus
from matching.interviews.queries import proposals_of_candidate
from projects.queries import positions_of


@require_safe
def proposal_detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    proposal = get_object_or_404(proposals_of_candidate(request.user), code=code)
    now = moment(proposal.promotion)
    context = {
        "proposal": proposal,
        "page": getattr(proposal.project, "public_page", None),
        "positions": positions_of(proposal.project),
        "waits": proposal.status == ProposalStatus.SENT and now <= proposal.expires_at,
    }
    return render(request, "interviews/proposal_detail.html", context)


@require_POST
def proposal_accept(request: SignedInRequest, code: UUID) -> HttpResponse:
    proposal = get_object_or_404(proposals_of_candidate(request.user), code=code)
    with Doing(request, (ProposalClosed, NotHeardHere)) as done:
        accept_proposal(proposal, by=request.user)
        done.said = "Vous êtes entendu·e pour ce défi. Nous vous écrivons dès que l’horaire est fixé."
    return redirect("interviews:audition_mine") if done else redirect("interviews:proposal_detail", code)


@require_POST
def proposal_decline(request: SignedInRequest, code: UUID) -> HttpResponse:
    proposal = get_object_or_404(proposals_of_candidate(request.user), code=code)
    with Doing(request, ProposalClosed) as done:
        decline_proposal(proposal, by=request.user)
        done.said = "C’est noté, et cela ne change rien au reste : votre candidature suit son cours."
    return redirect("interviews:audition_mine") if done else redirect("interviews:proposal_detail", code)
