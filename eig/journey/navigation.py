"""The entries of the main menu, by who looks at it."""

from django.http import HttpRequest
from django.urls import reverse

from eig.design.navigation import NavEntry


def entries(request: HttpRequest) -> list[NavEntry]:
    path = request.path
    return [NavEntry("Accueil", reverse("journey:home"), current=path == "/")]
