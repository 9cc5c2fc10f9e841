"""What a signed-in person sees first."""

from django.http import HttpResponse
from django.shortcuts import render

from eig.accounts.doors import SignedInRequest
from eig.journey.queries.dashboard import cards_of
from eig.journey.queries.home import open_calls
from eig.mail.queries import messages_to


def dashboard(request: SignedInRequest) -> HttpResponse:
    context = {
        "cards": cards_of(request.user),
        "calls": open_calls(),
        "letters": messages_to(request.user)[:5],
    }
    return render(request, "journey/dashboard.html", context)
