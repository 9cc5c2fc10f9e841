"""Accept an invitation: the page explains (a mail scanner's visit spends nothing), the post accepts."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from eig.accounts.actions import InvitationSpent
from eig.accounts.doors import SignedInRequest
from eig.accounts.queries import addresses_of, open_invitation
from eig.deeds import Doing
from eig.juries.actions import IsCandidate
from journey.actions.invitations import PURPOSES, accept


def invitation_accept(request: SignedInRequest, token: str) -> HttpResponse:
    now = timezone.now()
    invitation = open_invitation(token, at=now)
    if invitation is None or invitation.purpose not in PURPOSES:
        return render(request, "journey/invitation_spent.html", status=404)
    if request.method == "POST":
        with Doing(request, (InvitationSpent, IsCandidate), said="Vous avez accepté l’invitation.") as done:
            target = accept(invitation, by=request.user, at=now)
        return redirect(target if done else "journey:dashboard")
    return render(
        request,
        "journey/invitation_accept.html",
        {
            "invitation": invitation,
            "words": PURPOSES[invitation.purpose],
            "is_mine": invitation.email in addresses_of(request.user),
        },
    )
