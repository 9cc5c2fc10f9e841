"""What a signed-in person sees first."""

from django.http import HttpResponse
from django.shortcuts import render

from eig.accounts.doors import SignedInRequest


def dashboard(request: SignedInRequest) -> HttpResponse:
    return render(request, "journey/dashboard.html")
