"""What a signed-in person sees first."""

from django.http import HttpResponse
from django.shortcuts import render

from eig.accounts.doors import SignedInRequest
from eig.mail.queries import messages_to
from journey.queries.dashboard import space_of
from journey.queries.home import open_calls


def dashboard(request: SignedInRequest) -> HttpResponse:
    context = {
        "space": space_of(request.user),
        "calls": open_calls(),
        "letters": messages_to(request.user)[:5],
    }
    return render(request, "journey/dashboard.html", context)
