"""Accept an invitation: the page explains (a mail scanner's visit spends nothing), the post accepts."""

from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from eig.accounts.actions import InvitationSpent
from eig.accounts.doors import Entrance, entrance, personal_link
from eig.accounts.models import User
from eig.accounts.queries import addresses_of, open_invitation
from eig.deeds import Doing
from eig.juries.actions import IsCandidate
from journey.actions.invitations import PURPOSES, about, accept


def _entrance(token: str) -> Entrance:
    invitation = open_invitation(token, at=timezone.now())
    if invitation is None:
        return Entrance()
    return Entrance(f"Pour accepter l’invitation de {invitation.created_by}.", invitation.email)


@personal_link
@entrance(_entrance)
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites whom, to what, until when; whoever has no session is led to sign in, or up, and back."""
    now = timezone.now()
    invitation = open_invitation(token, at=now)
    if invitation is None or invitation.purpose not in PURPOSES:
        return render(request, "journey/invitation_spent.html", status=404)
    person = request.user if isinstance(request.user, User) else None
    if request.method == "POST":
        if person is None:
            return redirect_to_login(request.path)
        with Doing(request, (InvitationSpent, IsCandidate), said="Vous avez accepté l’invitation.") as done:
            target = accept(invitation, by=person, at=now)
        return redirect(target if done else "journey:dashboard")
    back = urlencode({"next": request.path})
    return render(
        request,
        "journey/invitation_accept.html",
        {
            "invitation": invitation,
            "words": PURPOSES[invitation.purpose],
            "about": about(invitation),
            "is_mine": person is not None and invitation.email in addresses_of(person),
            "sign_in": f"{reverse('account_login')}?{back}",
            "sign_up": f"{reverse('account_signup')}?{back}",
        },
    )
