"""How a view answers: a form with its errors. A deed is said by `eig.deeds`."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_page(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The page of the form of `context`; 422 when what was typed is refused."""
    return render(request, template, context, status=422 if context["form"].errors else 200)
